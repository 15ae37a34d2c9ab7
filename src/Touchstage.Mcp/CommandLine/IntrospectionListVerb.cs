using System.CommandLine;
using Touchstage.Safety.Steps.Introspection;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists the clients with which a tenant's APIs ask about their step tokens.</summary>
internal sealed class IntrospectionListVerb() : Verb("introspection list", "List the clients with which a tenant's APIs ask about their step tokens.")
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
                IntrospectionSheet.Write(await services.GetRequiredService<IIntrospectionClients>().ListAsync(id, cancellation), parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }
}
