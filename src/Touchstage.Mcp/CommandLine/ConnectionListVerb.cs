using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists a tenant's connections, and what they lack.</summary>
internal sealed class ConnectionListVerb() : OfTenantVerb("connection list", "List a tenant's connections: whether each has its secret, and is authorized.")
{
    protected override async Task<bool> ListAsync(IServiceProvider services, TenantId id, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        if (await services.GetRequiredService<IConnectionAuthorization>().ListAsync(id, cancellation) is not { } connections)
        {
            return false;
        }

        ConnectionSheet.Write(connections, asJson, terminal);
        return true;
    }
}
