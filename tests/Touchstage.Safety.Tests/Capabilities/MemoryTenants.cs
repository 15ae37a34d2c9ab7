using System.Collections.Concurrent;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>Tenants in memory.</summary>
internal sealed class MemoryTenants : ITenantStore
{
    private readonly ConcurrentDictionary<TenantId, Tenant> all = new();

    public Task<TenantWrite> ApplyAsync(TenantId id, Tenant tenant, CancellationToken cancellation)
    {
        var outcome = all.TryGetValue(id, out var before) ? before.Digest == tenant.Digest ? TenantWrite.Unchanged : TenantWrite.Updated : TenantWrite.Created;
        all[id] = tenant;
        return Task.FromResult(outcome);
    }

    public Task<DeletedTenant?> DeleteAsync(TenantId id, bool shred, CancellationToken cancellation) => throw new NotSupportedException();

    public async Task<TenantLife> LifeAsync(TenantId id, CancellationToken cancellation) => await FindAsync(id, cancellation) is null ? TenantLife.None : TenantLife.Live;

    public Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellation) => Task.FromResult(all.GetValueOrDefault(id));

    public Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Tenant>>([.. all.Values]);
}
