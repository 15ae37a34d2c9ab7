using System.CommandLine;
using Touchstage.Safety.Steps;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Takes a signing key back for good.</summary>
internal sealed class KeysRevokeVerb() : Verb("keys revoke", "Take a signing key back for good: it is published no more, and nothing that it signed counts any more.")
{
    private readonly Argument<string> key = new("KID") { Description = "The key's id, as keys list tells it." };

    protected override IEnumerable<Argument> Arguments => [key];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation) => WithStoreAsync(
        parse,
        terminal,
        async services =>
        {
            var keys = services.GetRequiredService<ISigningKeyAdministration>();
            if (!(await keys.RevokeAsync(parse.GetValue(key)!, cancellation)).TryGet(out _, out var refusal))
            {
                return terminal.Refuse(refusal);
            }

            KeySheet.Write(await keys.ListAsync(cancellation), parse.GetValue(CommonOptions.Json), services.GetRequiredService<TimeProvider>().GetUtcNow(), terminal);
            return ExitCode.Done;
        },
        cancellation);
}
