using System.CommandLine;
using Touchstage.Safety.Credentials.OAuth;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists a tenant's connections, and what they lack.</summary>
internal sealed class ConnectionListVerb() : Verb("connection list", "List a tenant's connections: whether each has its secret, and is authorized.")
{
    private readonly Argument<string> tenant = Named.Tenant();

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (await services.GetRequiredService<IConnectionAuthorization>().ListAsync(id, cancellation) is not { } connections)
                {
                    return terminal.Refuse($"There is no tenant {id}. touchstage tenant list shows those there are.");
                }

                ConnectionSheet.Write(connections, parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }
}
