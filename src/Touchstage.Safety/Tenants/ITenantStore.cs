namespace Touchstage.Safety.Tenants;

/// <summary>Where tenants are kept.</summary>
internal interface ITenantStore
{
    /// <summary>Adds the tenant or replaces its manifest, with a ledger entry and a data key for a new one, in one transaction.</summary>
    Task<TenantWrite> ApplyAsync(TenantId id, Tenant tenant, CancellationToken cancellation);

    /// <summary>The tenant, or null if there is none of that name.</summary>
    Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellation);

    /// <summary>All tenants in the order of their names; for administration only.</summary>
    Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation);
}
