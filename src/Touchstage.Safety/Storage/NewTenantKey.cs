using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The key of a tenant whose row is not committed yet.</summary>
internal sealed class NewTenantKey(TenantKey key) : ITenantKeys
{
    public ValueTask<TenantKey> NewestAsync(TenantId tenant, CancellationToken cancellation) => new(key);

    public ValueTask<TenantKey> GetAsync(TenantId tenant, int generation, CancellationToken cancellation) => new(key);
}
