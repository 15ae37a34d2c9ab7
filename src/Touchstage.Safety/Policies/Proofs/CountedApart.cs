using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Finds what one older limit counted together and several newer rules count apart: each rule is as strict by itself, and together they let more through.</summary>
internal static class CountedApart
{
    /// <summary>The older limits of which that is so; none means: surely none.</summary>
    /// <param name="newer">What each newer rule lets through.</param>
    /// <param name="older">All older rules.</param>
    /// <param name="renamed">The paths that the older rules read as others of the same name.</param>
    public static IEnumerable<LimitDeclaration> Of(IReadOnlyCollection<Unattended> newer, IReadOnlyCollection<Rule> older, ImmutableArray<string> renamed = default)
    {
        var allows = older.Where(r => r.Effect is RuleEffect.Allow && !r.IsShadow).ToArray();
        var heirs = newer.Where(u => !u.Regions.IsEmpty).Select(u => (u.Rule, From: Forebears(u, allows, renamed))).ToArray();
        foreach (var (rule, limit) in allows.SelectMany(r => r.Limits.Select(l => (Rule: r, Limit: l))))
        {
            var counted = heirs.Where(h => h.From.Any(f => Histories(f).Contains(LimitMeter.HistoryOf(limit)))).Select(h => Histories(h.Rule)).ToArray();
            if (heirs.Where(h => h.From.Contains(rule)).Any(h => !h.Rule.Limits.Any(l => LimitStrictness.IsAsStrict(l, limit) && counted.All(c => c.Contains(LimitMeter.HistoryOf(l))))))
            {
                yield return limit;
            }
        }
    }

    // The older rules in whose place a newer one stands. As far as some cover it whose histories it goes on with, it is of their own: two rules that always counted apart go on so.
    private static ImmutableArray<Rule> Forebears(Unattended newer, Rule[] allows, ImmutableArray<string> renamed)
    {
        var own = allows.Where(r => r.Limits.All(o => newer.Rule.Limits.Any(n => LimitMeter.HistoryOf(n) == LimitMeter.HistoryOf(o) && LimitStrictness.IsAsStrict(n, o)))).ToArray();
        var beyond = Widening.Of(newer, own, renamed);
        return
        [
            .. own.Where(r => MayHold(r, newer.Regions)),
            .. allows.Except(own).Where(r => LimitStrictness.IsKept(r.Limits, newer.Rule.Limits) && MayHold(r, beyond)),
        ];

        bool MayHold(Rule rule, ImmutableArray<Region> regions) => !new ConditionAnalysis(rule.Condition, renamed).Assume(Outcomes.True, regions).IsEmpty;
    }

    private static HashSet<string> Histories(Rule rule) => rule.Limits.Select(LimitMeter.HistoryOf).ToHashSet(StringComparer.Ordinal);
}
