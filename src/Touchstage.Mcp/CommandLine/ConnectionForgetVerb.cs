using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Safety.Credentials.OAuth;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Forgets the tokens of a connection at once.</summary>
internal sealed class ConnectionForgetVerb() : Verb("connection forget", "Forget the tokens that are kept for a connection. The authorization server is not told.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> connection = Named.Connection();

    protected override IEnumerable<Argument> Arguments => [tenant, connection];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<IConnectionAuthorization>().ForgetAsync(id, parse.GetValue(connection)!, cancellation)).TryGet(out var forgotten, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                if (parse.GetValue(CommonOptions.Json))
                {
                    terminal.WriteJson(new JsonObject { ["tenant"] = forgotten.Tenant.Value, ["connection"] = forgotten.Connection });
                    return ExitCode.Done;
                }

                await terminal.Out.WriteLineAsync($"The tokens of connection {forgotten.Connection} of tenant {id} are forgotten.");
                await terminal.Error.WriteLineAsync("The authorization server was not told: whoever has a copy of them may still use them. End the grant there as well.");
                return ExitCode.Done;
            },
            cancellation);
    }
}
