using System.CommandLine;
using Touchstage.Safety.Steps;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists the signing keys.</summary>
internal sealed class KeysListVerb() : Verb("keys list", "List the signing keys: which one signs, which come next, which are still published.")
{
    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation) => WithStoreAsync(
        parse,
        terminal,
        async services =>
        {
            var keys = await services.GetRequiredService<ISigningKeyAdministration>().ListAsync(cancellation);
            KeySheet.Write(keys, parse.GetValue(CommonOptions.Json), services.GetRequiredService<TimeProvider>().GetUtcNow(), terminal);
            return ExitCode.Done;
        },
        cancellation);
}
