using System.Collections.Immutable;

namespace Touchstage.Safety.Policies;

/// <summary>Limits in memory, for the calls of one test: what the store's own windows come to for the same uses at the same instants.</summary>
internal sealed class MemoryWindows
{
    private readonly List<(string Key, decimal Amount, DateTimeOffset At, DateTimeOffset OpenUntil)> used = [];

    /// <summary>The first candidate with room in all its limits, or the limit that has none; one that refuses goes before one that holds.</summary>
    public (int Candidate, LimitUse? Spent) Choose(ImmutableArray<ImmutableArray<LimitUse>> candidates, DateTimeOffset at)
    {
        LimitUse? spent = null;
        for (var index = 0; index < candidates.Length; index++)
        {
            var full = candidates[index].Where(use => Used(use, at) + use.Amount > use.Max).ToArray();
            if (full.Length == 0)
            {
                return (index, null);
            }

            spent = Array.Find(full, use => use.RefusesInsteadOfBlocking) ?? (spent is { RefusesInsteadOfBlocking: true } ? spent : full[0]);
        }

        return (-1, spent);
    }

    /// <summary>Notes the uses of a step, each key once.</summary>
    public void Note(ImmutableArray<LimitUse> uses, DateTimeOffset at, DateTimeOffset openUntil) =>
        used.AddRange(uses.DistinctBy(use => use.Key, StringComparer.Ordinal).Select(use => (use.Key, use.Amount, at, openUntil)));

    /// <summary>What is used already of what a use uses.</summary>
    public decimal Used(LimitUse use, DateTimeOffset at) => use.CountsOpen
        ? used.Count(one => one.Key == use.Key && one.OpenUntil > at)
        : used.Where(one => one.Key == use.Key && one.At > at - use.Window).Sum(one => one.Amount);
}
