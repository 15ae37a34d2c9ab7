using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Administers sessions. Whoever can call it administers the server.</summary>
public interface ISessionAdministration
{
    /// <summary>Creates a session and its key, which is not to be had again.</summary>
    /// <param name="tenant">For which tenant; it must exist.</param>
    /// <param name="request">What for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Result<NewSession>> CreateAsync(TenantId tenant, SessionRequest request, CancellationToken cancellation);

    /// <summary>The tenant's sessions, newest first.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<SessionRecord>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>
    /// Takes a session back at once and withdraws what it has pending or approved. Where access tokens opened it, its principal is shut out: all that its tokens opened in this tenant is taken
    /// back, and no further token opens anything.
    /// </summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="sessionId">Which session.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The session as it is now, or a refusal.</returns>
    Task<Result<SessionRecord>> RevokeAsync(TenantId tenant, string sessionId, CancellationToken cancellation);

    /// <summary>Lets a principal whose token session was revoked in again: its next token opens a new session. What was taken back stays so.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="sessionId">The revoked session.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The revoked session, or a refusal.</returns>
    Task<Result<SessionRecord>> ReadmitAsync(TenantId tenant, string sessionId, CancellationToken cancellation);
}
