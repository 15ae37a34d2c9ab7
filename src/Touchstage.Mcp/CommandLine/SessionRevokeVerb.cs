using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Takes a session back at once.</summary>
internal sealed class SessionRevokeVerb()
    : SessionChangeVerb("session revoke", "Take a session back at once, with what it has pending or approved; one of access tokens shuts their holder out.", "session")
{
    protected override Task<Result<SessionRecord>> ChangeAsync(ISessionAdministration sessions, TenantId tenant, string id, CancellationToken cancellation) =>
        sessions.RevokeAsync(tenant, id, cancellation);
}
