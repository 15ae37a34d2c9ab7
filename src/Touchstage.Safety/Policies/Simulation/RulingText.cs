using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Says which rule makes the difference between two rulings. Conditions are in it, values are not.</summary>
internal static class RulingText
{
    /// <summary>What of the candidate, or of what it no longer has, changes the decision.</summary>
    public static string Cause(Ruling before, Ruling after)
    {
        if (after.Why is { } why)
        {
            return why;
        }

        if (after.Decision is CallDecision.Permitted)
        {
            return after.Findings.FirstOrDefault(finding => finding.Rule.Id == after.PermittedBy) is { } permitting
                && !before.Findings.Any(finding => IsTrue(finding) && Same(finding, permitting)) ? Text(permitting)
                : before.Why is { } earlier ? $"no longer: {earlier}"
                : Gone(before) ?? $"{after.PermittedBy} holds";
        }

        return Standing(after, after.Decision is CallDecision.Forbidden ? RuleEffect.Forbid : RuleEffect.Review)
            ?? (after.Decision > before.Decision ? Gone(before) : null)
            ?? (before.Decision is CallDecision.Permitted ? NoLonger(before) : null)
            ?? Standing(after, RuleEffect.Review)
            ?? (after.Decision > before.Decision ? "a person may be asked now" : "nobody may be asked any more");
    }

    // The rule that held the call before, and does not any more.
    private static string? Gone(Ruling before) =>
        (Standing(before, RuleEffect.Forbid) ?? Standing(before, RuleEffect.Review)) is { } held ? $"no longer: {held}" : null;

    private static string? NoLonger(Ruling before) =>
        before.Findings.FirstOrDefault(finding => finding.Rule.Id == before.PermittedBy) is { } permitting ? $"no longer: {Text(permitting)}" : null;

    private static string? Standing(Ruling ruling, RuleEffect effect) =>
        ruling.Findings.FirstOrDefault(finding => !finding.Rule.IsShadow && finding.Rule.Effect == effect && finding.Outcome is RuleOutcome.True or RuleOutcome.Failed) is { } standing
            && standing.Rule.Effect == effect ? Text(standing) : null;

    private static bool IsTrue(RuleFinding finding) => finding.Outcome is RuleOutcome.True;

    private static bool Same(RuleFinding one, RuleFinding other) => one.Rule.Effect == other.Rule.Effect && one.Rule.Condition.Text == other.Rule.Condition.Text;

    private static string Text(RuleFinding finding) =>
        $"{finding.Rule.Id} {finding.Rule.Condition.Text}{(finding.Outcome is RuleOutcome.Failed ? " (cannot be evaluated)" : "")}";
}
