using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>policy</c>: rules whose order never matters, each with exactly one of allow, review and forbid.</summary>
internal sealed class PolicyReader(ManifestSection root, ArgumentTable? arguments, PolicyTypes? types, Effects effects)
{
    private const int MostRules = 100;
    private static readonly (string Key, RuleEffect Effect)[] Kinds = [("allow", RuleEffect.Allow), ("review", RuleEffect.Review), ("forbid", RuleEffect.Forbid)];

    public ImmutableArray<Rule> Read()
    {
        var sections = root.Sections("policy");
        if (sections.Count > MostRules)
        {
            root.Report("policy", $"There are more than {MostRules} rules.", "join some with || or &&.");
        }

        var rules = sections.Select(s => (s.Section, Rule: ReadRule(s.Index, s.Section))).Where(r => r.Rule is not null).ToArray();
        if (types is not null)
        {
            RuleProblems.Report([.. rules.Where(r => !r.Rule!.IsShadow).Select(r => (r.Section, r.Rule!))], types.Bounds);
        }

        return [.. rules.Select(r => r.Rule!)];
    }

    private Rule? ReadRule(int index, ManifestSection section)
    {
        var given = Kinds.Where(e => section.Has(e.Key)).ToArray();
        var because = section.Text("because");
        var isShadow = RuleMode.IsShadow(section);
        var limits = ReadLimits(section, given);
        section.Done();
        if (given is not [var (key, effect)])
        {
            section.Document.Report(section.Pointer, "A rule has exactly one of `allow`, `review` and `forbid`.", "write a rule for each.");
            return null;
        }

        if (types is null)
        {
            ConditionSource.Read(section, key);
            return null;
        }

        if (ConditionSource.Compile(section, key, types.Environment, CelType.Bool) is not { } condition)
        {
            return null;
        }

        if (effect is RuleEffect.Allow && !isShadow && because is null && effects is Effects.Destructive && AlwaysHolds(condition, types.Bounds))
        {
            section.Report(
                key, "This rule lets an agent do something destructive at any time, without a condition.",
                "write the condition under which nobody needs to look, or say why none is needed: `because: …`.");
        }

        return new($"{key}[{index}]", effect, condition, because, limits, isShadow) { Line = section.Document.Find(section.Pointer).Line };
    }

    // What reads nothing comes to one thing only, also where that is not worked out here; that a look-up answers at all is a condition.
    private static bool AlwaysHolds(Condition condition, Region bounds)
    {
        var outcomes = new ConditionAnalysis(condition).Outcomes(bounds);
        return outcomes.HasFlag(Outcomes.True)
            && (condition.IsConstant || (!outcomes.HasFlag(Outcomes.False) && !condition.Paths.Any(path => path.StartsWith("facts.", StringComparison.Ordinal))));
    }

    private ImmutableArray<LimitDeclaration> ReadLimits(ManifestSection section, (string Key, RuleEffect Effect)[] given)
    {
        var read = section.Sections("limits").Select(l => (l.Section, Limit: new LimitReader(l.Section, arguments, types).Read())).Where(l => l.Limit is not null).ToArray();
        foreach (var twice in read.GroupBy(l => Subject(l.Limit!), StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            twice.Section.Document.Report(
                twice.Section.Pointer, "Another limit of this rule counts the same over the same window, so that one of the two never matters.",
                "keep the tighter one, or give it another window or another `by`.");
        }

        if (section.Has("limits") && given is [(_, not RuleEffect.Allow)])
        {
            section.ReportKey("limits", "Only an `allow` rule has limits.", "move them to the rule that allows.");
        }

        return [.. read.Select(l => l.Limit!)];
    }

    private static string Subject(LimitDeclaration limit) =>
        string.Join('\n', [limit.Measure.ToString(), limit.Sum?.Text ?? "", limit.Window.ToString(), .. limit.Dimensions]);
}
