using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>What a newer policy may let through that an older one did not.</summary>
internal static class Widening
{
    /// <summary>
    /// The calls that a newer rule lets through and no older one with limits that are no stricter, or that an older forbid or review would have caught. None means: surely none.
    /// </summary>
    /// <param name="newer">What the newer rule lets through.</param>
    /// <param name="older">All older rules.</param>
    /// <param name="renamed">The paths that the older rules read as others of the same name.</param>
    public static ImmutableArray<Region> Of(Unattended newer, IReadOnlyCollection<Rule> older, ImmutableArray<string> renamed = default)
    {
        older = [.. older.Where(r => !r.IsShadow)];
        var matching = older.Where(r => r.Effect is RuleEffect.Allow && LimitStrictness.IsKept(r.Limits, newer.Rule.Limits));
        var beyond = matching.Aggregate(newer.Regions, (left, rule) => new ConditionAnalysis(rule.Condition, renamed).Assume(Outcomes.NotTrue, left));
        var caught = older.Where(r => r.Effect is not RuleEffect.Allow).SelectMany(rule => new ConditionAnalysis(rule.Condition, renamed).Assume(Outcomes.NotFalse, newer.Regions));
        return [.. beyond, .. caught];
    }
}
