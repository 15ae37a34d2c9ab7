namespace Touchstage.Safety.Policies.Simulation;

/// <summary>A call that could not be replayed.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="LedgerNumber">The ledger entry that tells of it.</param>
/// <param name="Id">Its step or approval; the capability where it was refused.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Capability">The capability; empty where the entry cannot be read.</param>
public sealed record NotReplayedCall(string Tenant, long LedgerNumber, string Id, DateTimeOffset At, string Capability);
