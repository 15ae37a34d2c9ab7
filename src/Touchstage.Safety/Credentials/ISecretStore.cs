using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Where the connections' secrets are kept, sealed under the tenant's key for the place (secret, connection).</summary>
internal interface ISecretStore
{
    /// <summary>Keeps a sealed secret with a ledger entry, replacing an earlier one, in one transaction.</summary>
    Task<SecretWrite> SetAsync(TenantId tenant, string connection, ReadOnlyMemory<byte> box, CancellationToken cancellation);

    /// <summary>The sealed secret, or null if none was set.</summary>
    Task<byte[]?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation);
}
