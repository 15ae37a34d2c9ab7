using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

internal sealed partial class ResolvedAction
{
    /// <summary>The stage <c>resolve</c>: a tool's name becomes a capability of the caller's tenant, or looks like one that does not exist.</summary>
    internal sealed class Resolver(ITenantStore tenants, ICatalog catalog)
    {
        public async Task<Result<ResolvedAction>> ResolveAsync(Caller caller, string toolName, CancellationToken cancellation)
        {
            if (caller.Kind is not SessionKind.Agent)
            {
                return SessionRefusals.OnlyAgentsAct();
            }

            return await tenants.FindAsync(caller.Tenant, cancellation) is { } tenant && catalog.For(tenant).TryGetValue(toolName, out var scope)
                ? new ResolvedAction(caller, scope)
                : CapabilityRefusals.UnknownTool();
        }
    }
}
