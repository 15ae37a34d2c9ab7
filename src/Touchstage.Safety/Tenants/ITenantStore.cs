namespace Touchstage.Safety.Tenants;

/// <summary>Where tenants are kept.</summary>
internal interface ITenantStore
{
    /// <summary>Adds the tenant or replaces its manifest, with a ledger entry and a data key for a new one, in one transaction.</summary>
    Task<TenantWrite> ApplyAsync(TenantId id, Tenant tenant, CancellationToken cancellation);

    /// <summary>
    /// Deletes the tenant in one transaction: sessions are revoked, what waits is withdrawn, webhooks stop, its tokens go; with <paramref name="shred"/> its keys, secrets and manifest
    /// too. Null if there never was one of that name; done again, it completes.
    /// </summary>
    Task<DeletedTenant?> DeleteAsync(TenantId id, bool shred, CancellationToken cancellation);

    /// <summary>Whether the tenant is there.</summary>
    Task<TenantLife> LifeAsync(TenantId id, CancellationToken cancellation);

    /// <summary>The tenant, or null if there is none of that name or it was deleted.</summary>
    Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellation);

    /// <summary>All tenants that were not deleted, in the order of their names; for administration only.</summary>
    Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation);
}
