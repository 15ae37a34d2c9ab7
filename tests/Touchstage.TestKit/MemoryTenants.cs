using System.Collections.Concurrent;
using System.Security.Cryptography;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>Tenants and their data keys in memory.</summary>
internal sealed class MemoryTenants : ITenantStore, ITenantKeys
{
    private readonly ConcurrentDictionary<TenantId, Tenant> tenants = new();
    private readonly ConcurrentDictionary<TenantId, TenantKey> keys = new();

    public Task<TenantWrite> ApplyAsync(TenantId id, Tenant tenant, CancellationToken cancellation)
    {
        var written = tenants.ContainsKey(id) ? TenantWrite.Updated : TenantWrite.Created;
        tenants[id] = tenant;
        keys.TryAdd(id, new(TenantKey.First, RandomNumberGenerator.GetBytes(32)));
        return Task.FromResult(written);
    }

    public Task<DeletedTenant?> DeleteAsync(TenantId id, bool shred, CancellationToken cancellation) => throw new NotSupportedException();

    public async Task<TenantLife> LifeAsync(TenantId id, CancellationToken cancellation) => await FindAsync(id, cancellation) is null ? TenantLife.None : TenantLife.Live;

    public Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellation) => Task.FromResult(tenants.GetValueOrDefault(id));

    public Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Tenant>>([.. tenants.Values.OrderBy(t => t.Id.Value, StringComparer.Ordinal)]);

    public ValueTask<TenantKey> NewestAsync(TenantId tenant, CancellationToken cancellation) => GetAsync(tenant, TenantKey.First, cancellation);

    public ValueTask<TenantKey> GetAsync(TenantId tenant, int generation, CancellationToken cancellation) =>
        keys.TryGetValue(tenant, out var key) ? ValueTask.FromResult(key) : throw new CryptographicException("The tenant has no key.");

    /// <summary>Destroys the tenant's key, which shreds all that was sealed under it.</summary>
    public void Shred(TenantId tenant) => keys.TryRemove(tenant, out _);
}
