using System.Collections.Immutable;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Capabilities;

/// <summary>What one allow rule lets an agent do without a person: the calls for which it holds and no stricter rule holds or fails, and perhaps some others.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Regions">The calls; none if it surely lets nothing through.</param>
internal sealed record Unattended(Rule Rule, ImmutableArray<Region> Regions)
{
    /// <summary>What the rules let through, each allow by itself.</summary>
    /// <param name="rules">All rules that bind a call.</param>
    /// <param name="bounds">All calls that there can be.</param>
    /// <param name="renamed">The paths that are others of the same name.</param>
    public static ImmutableArray<Unattended> Of(IReadOnlyCollection<Rule> rules, Region bounds, ImmutableArray<string> renamed = default)
    {
        // A rule that is only watched decides nothing.
        rules = [.. rules.Where(r => !r.IsShadow)];
        var stricter = rules.Where(r => r.Effect is not RuleEffect.Allow).Select(r => new ConditionAnalysis(r.Condition, renamed)).ToArray();
        return [.. rules.Where(r => r.Effect is RuleEffect.Allow).Select(allow => new Unattended(allow, Of(new ConditionAnalysis(allow.Condition, renamed), stricter, bounds)))];
    }

    private static ImmutableArray<Region> Of(ConditionAnalysis allow, ConditionAnalysis[] stricter, Region bounds)
    {
        ImmutableArray<Region> regions = [bounds];

        // What a later term says narrows an earlier one's other side only when that one is looked at again.
        for (var round = 0; round < 2; round++)
        {
            regions = allow.Assume(Outcomes.True, regions);
            regions = stricter.Aggregate(regions, (left, rule) => rule.Assume(Outcomes.False, left));
        }

        return regions;
    }
}
