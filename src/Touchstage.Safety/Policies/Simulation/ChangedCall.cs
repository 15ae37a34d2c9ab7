namespace Touchstage.Safety.Policies.Simulation;

/// <summary>A call that would be decided otherwise.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="LedgerNumber">The ledger entry that tells of it.</param>
/// <param name="Id">Its step or approval; the capability where it was refused.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Requester">The subject that asked.</param>
/// <param name="Arguments">Its arguments as canonical JSON, sensitive values masked.</param>
public sealed record ChangedCall(string Tenant, long LedgerNumber, string Id, DateTimeOffset At, string Requester, string Arguments);
