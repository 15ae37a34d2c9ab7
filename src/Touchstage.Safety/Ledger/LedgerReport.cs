using System.Collections.Immutable;

namespace Touchstage.Safety.Ledger;

/// <summary>What a verification found.</summary>
/// <param name="Tenants">Each ledger that was looked at, in the order of the tenants' names.</param>
/// <param name="CheckpointFaults">What is wrong with the checkpoint itself; empty without one.</param>
public sealed record LedgerReport(ImmutableArray<TenantLedger> Tenants, ImmutableArray<LedgerFault> CheckpointFaults)
{
    /// <summary>All faults.</summary>
    public IEnumerable<LedgerFault> Faults => CheckpointFaults.Concat(Tenants.SelectMany(tenant => tenant.Faults));

    /// <summary>Whether nothing at all is wrong.</summary>
    public bool IsSound => !Faults.Any();
}
