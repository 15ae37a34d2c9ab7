using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Where sessions are kept.</summary>
internal interface ISessionStore
{
    /// <summary>Adds a session under the SHA-256 of its key, with a ledger entry, in one transaction.</summary>
    Task<SessionWrite> AddAsync(TenantId tenant, SessionRecord session, string keyHash, CancellationToken cancellation);

    /// <summary>The session whose key has this SHA-256 (lower-case hex), whatever its state. One of the three look-ups that precede the tenant.</summary>
    Task<SessionRecord?> FindByKeyHashAsync(string keyHash, CancellationToken cancellation);

    /// <summary>The session of that id, whatever its state.</summary>
    Task<SessionRecord?> FindAsync(TenantId tenant, string sessionId, CancellationToken cancellation);

    /// <summary>The tenant's sessions, newest first.</summary>
    Task<IReadOnlyList<SessionRecord>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Takes a session back and withdraws what it has pending or approved, with ledger entries, in one transaction.</summary>
    Task<SessionWrite> RevokeAsync(TenantId tenant, string sessionId, DateTimeOffset at, CancellationToken cancellation);
}
