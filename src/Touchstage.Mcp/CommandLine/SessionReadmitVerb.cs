using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lets somebody in again whose access tokens were shut out.</summary>
internal sealed class SessionReadmitVerb()
    : SessionChangeVerb("session readmit", "Let whoever a revoked session of access tokens shut out in again, with the next token.", "revoked session")
{
    protected override Task<Result<SessionRecord>> ChangeAsync(ISessionAdministration sessions, TenantId tenant, string id, CancellationToken cancellation) =>
        sessions.ReadmitAsync(tenant, id, cancellation);
}
