using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Collects what a simulation finds.</summary>
internal sealed class SimulationTally(DateTimeOffset from)
{
    private readonly Dictionary<(string Capability, CallDecision From, CallDecision To, string Cause), List<ChangedCall>> changes = [];
    private readonly Dictionary<string, List<NotReplayedCall>> notReplayed = new(StringComparer.Ordinal);

    /// <summary>How many decisions of the period were replayed.</summary>
    public int Replayed { get; private set; }

    /// <summary>The changes, loosened ones first.</summary>
    public ImmutableArray<ChangedDecisions> Changes =>
    [
        .. changes.Select(change => new ChangedDecisions(change.Key.Capability, change.Key.From, change.Key.To, change.Key.Cause, [.. change.Value]))
            .OrderBy(change => !change.IsLoosened)
            .ThenBy(change => change.Capability, StringComparer.Ordinal)
            .ThenBy(change => change.From)
            .ThenBy(change => change.To)
            .ThenBy(change => change.Cause, StringComparer.Ordinal),
    ];

    /// <summary>What could not be replayed, by reason.</summary>
    public ImmutableArray<NotReplayedCalls> NotReplayed =>
        [.. notReplayed.OrderBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => new NotReplayedCalls(reason.Key, [.. reason.Value]))];

    /// <summary>Whether a call is of the period.</summary>
    public bool Covers(RecordedCall call) => call.At >= from;

    /// <summary>A decision that was replayed.</summary>
    public void Add(RecordedCall call, CallDecision before, CallDecision after, Func<string> cause, Func<string> arguments)
    {
        if (!Covers(call))
        {
            return;
        }

        Replayed++;
        if (before == after)
        {
            return;
        }

        var key = (call.Capability, before, after, cause());
        if (!changes.TryGetValue(key, out var calls))
        {
            changes[key] = calls = [];
        }

        calls.Add(new(call.Tenant.Value, call.Number, call.Id, call.At, call.Judged?.Subject ?? "", arguments()));
    }

    /// <summary>A decision that could not be replayed.</summary>
    public void Fail(RecordedCall call, string reason)
    {
        if (!notReplayed.TryGetValue(reason, out var calls))
        {
            notReplayed[reason] = calls = [];
        }

        calls.Add(new(call.Tenant.Value, call.Number, call.Id, call.At, call.Capability));
    }
}
