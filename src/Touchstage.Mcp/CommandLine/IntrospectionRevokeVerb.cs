using System.CommandLine;
using Touchstage.Safety.Steps.Introspection;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Takes a client back at once.</summary>
internal sealed class IntrospectionRevokeVerb() : Verb("introspection revoke", "Take a client back at once: it is told nothing any more.")
{
    private readonly Argument<string> client = new("CLIENT") { Description = "The client's id, icl_…." };

    protected override IEnumerable<Argument> Arguments => [client];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation) => WithStoreAsync(
        parse,
        terminal,
        async services =>
        {
            if (!(await services.GetRequiredService<IIntrospectionClients>().RevokeAsync(parse.GetValue(client)!, cancellation)).TryGet(out var revoked, out var refusal))
            {
                return terminal.Refuse(refusal);
            }

            IntrospectionSheet.Write([revoked], parse.GetValue(CommonOptions.Json), terminal);
            return ExitCode.Done;
        },
        cancellation);
}
