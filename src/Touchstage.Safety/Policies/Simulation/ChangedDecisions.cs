using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Calls whose decision changes in the same way for the same reason.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="From">What was decided.</param>
/// <param name="To">What the candidate would decide.</param>
/// <param name="Cause">The rule or limit that makes the change.</param>
/// <param name="Calls">The calls, by tenant and in the order of its ledger.</param>
public sealed record ChangedDecisions(string Capability, CallDecision From, CallDecision To, string Cause, ImmutableArray<ChangedCall> Calls)
{
    /// <summary>Whether the calls move toward permitted; otherwise they move away from it.</summary>
    public bool IsLoosened => To > From;
}
