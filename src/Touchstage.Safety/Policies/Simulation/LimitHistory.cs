using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>What limits had used at each moment of a replayed history: the journal's windows, in memory and by recorded instants.</summary>
internal sealed class LimitHistory
{
    private readonly Dictionary<string, List<(string Step, long At, decimal Amount)>> uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<LimitUse>> steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ImmutableArray<LimitUse> Uses, DateTimeOffset? Until)> open = new(StringComparer.Ordinal);

    /// <summary>The first candidate with room in all its limits, or the limit that has none. Of what people approved only hard limits can refuse.</summary>
    public (int Candidate, LimitUse? Spent) Choose(ImmutableArray<ImmutableArray<LimitUse>> candidates, DateTimeOffset at, bool isApproved)
    {
        LimitUse? spent = null;
        for (var index = 0; index < candidates.Length; index++)
        {
            var full = candidates[index].Where(use => !isApproved || use.IsHard).Where(use => IsFull(use, at)).ToArray();
            if (full.Length == 0)
            {
                return (index, null);
            }

            spent = Array.Find(full, use => use.RefusesInsteadOfBlocking) ?? (spent is { RefusesInsteadOfBlocking: true } ? spent : full[0]);
        }

        return (-1, spent);
    }

    /// <summary>A step's uses, from this moment on.</summary>
    /// <param name="step">The step.</param>
    /// <param name="used">What it uses.</param>
    /// <param name="at">When.</param>
    /// <param name="isOpen">Whether the ledger tells when it settled; a step that was never made is over at once.</param>
    /// <param name="openUntil">When it is over at the latest, or null.</param>
    public void Add(string step, ImmutableArray<LimitUse> used, DateTimeOffset at, bool isOpen, DateTimeOffset? openUntil)
    {
        steps[step] = used;
        if (isOpen)
        {
            open[step] = (used, openUntil);
        }

        foreach (var use in used.DistinctBy(use => use.Key, StringComparer.Ordinal))
        {
            if (!uses.TryGetValue(use.Key, out var window))
            {
                uses[use.Key] = window = [];
            }

            // Kept in the order of the instants, which is nearly that of the ledger, so that a window is read from its end.
            var place = window.Count;
            while (place > 0 && window[place - 1].At > Micros(at))
            {
                place--;
            }

            window.Insert(place, (step, Micros(at), use.Amount));
        }
    }

    /// <summary>A step is settled. One of unknown outcome stays under way unless it changes nothing; one that surely never reached the product has used nothing.</summary>
    public void Settle(string step, bool isKnown, bool isReleased)
    {
        if (isKnown || (open.TryGetValue(step, out var one) && one.Until is not null))
        {
            open.Remove(step);
        }

        if (isReleased && steps.Remove(step, out var used))
        {
            foreach (var use in used)
            {
                uses[use.Key].RemoveAll(other => other.Step == step);
            }
        }
    }

    private bool IsFull(LimitUse use, DateTimeOffset at)
    {
        if (use.CountsOpen)
        {
            return open.Values.Count(one => (one.Until is not { } until || until > at) && one.Uses.Any(other => other.Key == use.Key)) + use.Amount > use.Max;
        }

        var since = Micros(at) - (use.Window.Ticks / TimeSpan.TicksPerMicrosecond);
        var used = uses.TryGetValue(use.Key, out var window) ? Enumerable.Reverse(window).TakeWhile(one => one.At > since).Sum(one => one.Amount) : 0;
        return used + use.Amount > use.Max;
    }

    // As the journal keeps instants.
    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
