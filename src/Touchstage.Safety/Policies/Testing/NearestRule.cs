using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>For a call that should have been allowed: the rule that came nearest to it.</summary>
internal static class NearestRule
{
    private static readonly string[] Alternatives = ["true", "not looked at", ""];

    /// <summary>The rule, and what it lacks; null if one holds, or there is none.</summary>
    public static string? Sentence(IReadOnlyList<ExplainedRule> rules)
    {
        var allowing = rules.Where(rule => rule.Id.StartsWith("allow[", StringComparison.Ordinal) && !rule.IsShadow).ToArray();
        if (allowing.Length == 0 || Array.Exists(allowing, rule => rule.Outcome == "true"))
        {
            return allowing.Length == 0 ? "The policy has no rule that allows." : null;
        }

        var nearest = allowing.MinBy(rule => (double)Lacks(rule).Count() / Math.Max(1, rule.Parts.Count))!;
        return $"Nearest is {nearest.Id}; it lacks {string.Join(", ", Lacks(nearest).Select(part => $"`{part.Text}`"))}.";
    }

    private static IEnumerable<ExplainedPart> Lacks(ExplainedRule rule) => rule.Parts.Where(part => !Alternatives.Contains(part.Value, StringComparer.Ordinal));
}
