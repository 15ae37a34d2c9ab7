using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Reads what the ledger tells of decided calls.</summary>
internal interface IDecisionHistory
{
    /// <summary>Every tenant that has a ledger, deleted ones too, in the order of their names.</summary>
    Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation);

    /// <summary>The tenant's calls in the order of the ledger, from its first entry on. What cannot be opened is told, never left out.</summary>
    IAsyncEnumerable<RecordedCall> ReadAsync(TenantId tenant, CancellationToken cancellation);
}
