using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>Explains what one rule came to.</summary>
internal static class RuleExplanation
{
    /// <summary>The rule, taken apart.</summary>
    public static ExplainedRule Of(RuleFinding finding, PolicyInput input, Capability capability, IReadOnlyList<ExplainedLimit> limits)
    {
        var outcome = finding.Outcome switch
        {
            RuleOutcome.True => "true",
            RuleOutcome.False => "false",
            RuleOutcome.NotNeeded => "open",
            _ => "failed",
        };
        var rule = finding.Rule;
        return new(rule.Id, rule.Condition.Text, outcome, finding.Error, rule.IsShadow, ConditionParts.Of(rule.Condition, input, capability), limits);
    }
}
