using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>Counts what the calls of a capability's tests make of its rules.</summary>
internal sealed class RuleCounts(Capability capability)
{
    private readonly Dictionary<(string Rule, RuleOutcome Outcome), int> counts = [];
    private readonly Dictionary<(string Rule, RuleOutcome Outcome), PolicyTestCall> examples = [];

    /// <summary>Counts a call.</summary>
    public void Count(PolicyTestCall call, IEnumerable<RuleFinding> findings)
    {
        foreach (var finding in findings)
        {
            var key = (finding.Rule.Id, finding.Outcome);
            counts[key] = Of(finding.Rule, finding.Outcome) + 1;
            examples.TryAdd(key, call);
        }
    }

    /// <summary>What came of it, rule by rule.</summary>
    public IReadOnlyList<RuleTally> Tallies() => [.. capability.Rules.Select(Tally)];

    private RuleTally Tally(Rule rule)
    {
        var (isTrue, isFalse) = (Of(rule, RuleOutcome.True), Of(rule, RuleOutcome.False));

        // A condition without a variable always comes to the same; a literal true is meant so.
        string[] missing = [.. isTrue == 0 ? ["true"] : Array.Empty<string>(), .. isFalse == 0 && rule.Condition.Text != "true" ? ["false"] : Array.Empty<string>()];
        return new(
            $"{capability.Path}.yaml",
            rule.Line,
            capability.Name,
            rule.Id,
            rule.Condition.Text,
            isTrue,
            isFalse,
            Of(rule, RuleOutcome.Failed),
            missing,
            missing.Length == 0 ? null : TestSkeleton.For(capability, rule, missing[0] == "true", Example(rule)));
    }

    private int Of(Rule rule, RuleOutcome outcome) => counts.GetValueOrDefault((rule.Id, outcome));

    private PolicyTestCall? Example(Rule rule) =>
        new[] { RuleOutcome.True, RuleOutcome.False, RuleOutcome.Failed, RuleOutcome.NotNeeded }.Select(outcome => examples.GetValueOrDefault((rule.Id, outcome))).FirstOrDefault(call => call is not null);
}
