using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Where secrets are kept, sealed under the tenant's key for the place of their connection or webhook.</summary>
internal interface ISecretStore
{
    /// <summary>Keeps a sealed secret with a ledger entry, replacing an earlier one, in one transaction.</summary>
    Task<SecretWrite> SetAsync(TenantId tenant, string name, ReadOnlyMemory<byte> box, CancellationToken cancellation);

    /// <summary>The sealed secret, or null if none was set.</summary>
    Task<byte[]?> FindAsync(TenantId tenant, string name, CancellationToken cancellation);

    /// <summary>Removes a secret with a ledger entry; false if there was none.</summary>
    Task<bool> RemoveAsync(TenantId tenant, string name, CancellationToken cancellation);

    /// <summary>All of the tenant's secrets by name.</summary>
    Task<IReadOnlyList<StoredSecret>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>The names under which the tenant has secrets.</summary>
    Task<IReadOnlyList<string>> NamesAsync(TenantId tenant, CancellationToken cancellation);
}
