using Touchstage.Safety.Steps.Introspection;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists the clients with which a tenant's APIs ask about their step tokens.</summary>
internal sealed class IntrospectionListVerb() : OfTenantVerb("introspection list", "List the clients with which a tenant's APIs ask about their step tokens.")
{
    protected override async Task<bool> ListAsync(IServiceProvider services, TenantId id, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        IntrospectionSheet.Write(await services.GetRequiredService<IIntrospectionClients>().ListAsync(id, cancellation), asJson, terminal);
        return true;
    }
}
