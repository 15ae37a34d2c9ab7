using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>What a simulation came to: something that a person can sign off.</summary>
/// <param name="From">The first moment of the period.</param>
/// <param name="Until">The last.</param>
/// <param name="Tenants">Whose ledgers were read.</param>
/// <param name="Replayed">How many calls were replayed.</param>
/// <param name="Changes">The calls that would be decided otherwise, grouped, loosened ones first.</param>
/// <param name="NotReplayed">The calls that could not be replayed, by reason.</param>
/// <param name="Problems">Everything that is wrong with the candidate; then nothing was replayed.</param>
public sealed record SimulationReport(
    DateTimeOffset From,
    DateTimeOffset Until,
    ImmutableArray<string> Tenants,
    int Replayed,
    ImmutableArray<ChangedDecisions> Changes,
    ImmutableArray<NotReplayedCalls> NotReplayed,
    ImmutableArray<ManifestProblem> Problems)
{
    /// <summary>Whether the candidate's manifests loaded.</summary>
    public bool IsLoaded => Problems.IsEmpty;

    /// <summary>How many calls move toward permitted.</summary>
    public int Loosened => Changes.Where(change => change.IsLoosened).Sum(change => change.Calls.Length);

    /// <summary>How many calls move away from permitted.</summary>
    public int Tightened => Changes.Where(change => !change.IsLoosened).Sum(change => change.Calls.Length);

    /// <summary>How many replayed calls are decided as they were.</summary>
    public int Unchanged => Replayed - Loosened - Tightened;

    /// <summary>How many calls could not be replayed: of those nobody knows what the candidate would decide.</summary>
    public int NotReplayable => NotReplayed.Sum(reason => reason.Calls.Length);
}
