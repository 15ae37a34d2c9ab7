using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The key of a tenant whose row is not committed yet.</summary>
internal sealed class NewTenantKey(byte[] key) : ITenantKeys
{
    public ValueTask<byte[]> GetAsync(TenantId tenant, CancellationToken cancellation) => new(key);
}
