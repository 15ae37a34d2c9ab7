using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Calls that could not be replayed for the same reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Calls">The calls, by tenant and in the order of its ledger.</param>
public sealed record NotReplayedCalls(string Reason, ImmutableArray<NotReplayedCall> Calls);
