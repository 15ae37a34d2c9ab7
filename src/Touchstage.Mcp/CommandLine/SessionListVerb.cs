using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists a tenant's sessions.</summary>
internal sealed class SessionListVerb() : OfTenantVerb("session list", "List a tenant's sessions.")
{
    protected override async Task<bool> ListAsync(IServiceProvider services, TenantId id, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        SessionSheet.Write(await services.GetRequiredService<ISessionAdministration>().ListAsync(id, cancellation), asJson, terminal);
        return true;
    }
}
