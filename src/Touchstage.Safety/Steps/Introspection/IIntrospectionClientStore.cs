using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps.Introspection;

/// <summary>Where clients are kept.</summary>
internal interface IIntrospectionClientStore
{
    /// <summary>Adds a client under the SHA-256 of its secret, with a ledger entry, in one transaction.</summary>
    Task<IntrospectionClientWrite> AddAsync(TenantId tenant, IntrospectionClient client, ReadOnlyMemory<byte> secretHash, CancellationToken cancellation);

    /// <summary>The client of that id if it is in force: not revoked, its tenant not deleted. It precedes the tenant, and names it.</summary>
    Task<KnownIntrospectionClient?> FindInForceAsync(string clientId, CancellationToken cancellation);

    /// <summary>The tenant's clients, newest first.</summary>
    Task<IReadOnlyList<IntrospectionClient>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Takes a client back, with a ledger entry, in one transaction; once it is taken back, nothing more is written.</summary>
    /// <returns>The client as it is then, or null if there is none of that id.</returns>
    Task<IntrospectionClient?> RevokeAsync(string clientId, CancellationToken cancellation);
}
