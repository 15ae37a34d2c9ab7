using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Where the sessions are kept that access tokens open.</summary>
internal interface ITokenSessionStore
{
    /// <summary>
    /// Adds a session under a token's fingerprint, with a ledger entry, or lets the one that is there last as long; in one transaction. A principal one of whose token sessions was revoked
    /// gets no new one, and one principal gets 100 a day at most.
    /// </summary>
    Task<TokenAdmission> AdmitAsync(TenantId tenant, SessionRecord session, string fingerprint, CancellationToken cancellation);

    /// <summary>Lets the principal of a revoked token session in again, with a ledger entry, in one transaction. What was revoked stays so: the next token opens a new session.</summary>
    Task<SessionWrite> ReadmitAsync(TenantId tenant, string sessionId, CancellationToken cancellation);
}
