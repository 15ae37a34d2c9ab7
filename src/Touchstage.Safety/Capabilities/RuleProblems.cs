using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// Finds rules that surely have no point: a part that can never be true, or never false, with what the schemas let in; a condition that can never hold;
/// a rule that a stricter one always comes before.
/// </summary>
internal static class RuleProblems
{
    /// <summary>Reports what is surely wrong with the rules of one policy.</summary>
    /// <param name="rules">The rules that have an effect, each with its place in the file.</param>
    /// <param name="bounds">All calls that there can be.</param>
    public static void Report(IReadOnlyList<(ManifestSection Section, Rule Rule)> rules, Region bounds)
    {
        var analyses = rules.ToDictionary<(ManifestSection, Rule Rule), Rule, ConditionAnalysis>(r => r.Rule, r => new(r.Rule.Condition), ReferenceEqualityComparer.Instance);
        var sound = new List<(ManifestSection Section, Rule Rule)>();
        foreach (var (section, rule) in rules)
        {
            var parts = rule.Condition.IsConstant ? [] : DeadParts.Of(analyses[rule], bounds).ToArray();
            foreach (var part in parts)
            {
                ConditionSource.Report(section, Key(rule), rule.Condition.Text, part);
            }

            if (parts.Length == 0)
            {
                sound.Add((section, rule));
            }
        }

        // What a broken rule covers is worth a word only once that rule is mended.
        foreach (var (section, rule) in sound)
        {
            if (Cover(rule, [.. sound.Select(r => r.Rule)], analyses, bounds) is { } cover)
            {
                section.Report(Key(rule), cover.Message, cover.Fix);
            }
        }
    }

    private static (string Message, string Fix)? Cover(Rule rule, ImmutableArray<Rule> all, Dictionary<Rule, ConditionAnalysis> analyses, Region bounds)
    {
        // A review that fails asks for a person too; an allow that fails does nothing.
        var effective = analyses[rule].Assume(rule.Effect is RuleEffect.Allow ? Outcomes.True : Outcomes.NotFalse, [bounds]);
        var stricter = all.Where(r => r.Effect < rule.Effect).ToArray();
        if (effective.IsEmpty || stricter.Length == 0)
        {
            return null;
        }

        var does = rule.Effect is RuleEffect.Allow ? "permit anything" : "ask for anybody";
        if (Array.Find(stricter, s => analyses[s].Assume(Outcomes.False, effective).IsEmpty) is { } cover)
        {
            return ($"This rule can never {does}: {cover.Id} ({cover.Condition.Text}) holds whenever it does.",
                "remove one of the two, or narrow the other rule's condition.");
        }

        var left = stricter.Aggregate(effective, (regions, s) => analyses[s].Assume(Outcomes.False, regions));
        return left.IsEmpty
            ? ($"This rule can never {does}: whenever it holds, one of {string.Join(", ", stricter.Select(s => s.Id))} does too.", "remove it, or narrow the other rules' conditions.")
            : null;
    }

    private static string Key(Rule rule) => rule.Effect switch
    {
        RuleEffect.Allow => "allow",
        RuleEffect.Review => "review",
        _ => "forbid",
    };
}
