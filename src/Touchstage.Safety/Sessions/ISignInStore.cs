using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Where sign-in tickets are kept, as hashes.</summary>
internal interface ISignInStore
{
    /// <summary>Adds a ticket of a session, and forgets the tenant's expired ones.</summary>
    Task AddAsync(TenantId tenant, string hash, string sessionId, DateTimeOffset expiresAt, CancellationToken cancellation);

    /// <summary>Takes a ticket that is neither used nor expired, with a ledger entry, in one transaction.</summary>
    /// <returns>The session's id, or null if there is no such ticket any more.</returns>
    Task<string?> RedeemAsync(TenantId tenant, string hash, CancellationToken cancellation);

    /// <summary>Lets a session expire now, with a ledger entry, whether or not anybody still waits.</summary>
    Task EndAsync(TenantId tenant, string sessionId);
}
