using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Policies;

/// <summary>
/// Weighs rules: forbid over review over allow over the default No. Pure, and independent of the rules' order except for which allow rule's limits are tried first. A shadow
/// rule is weighed with the facts that are there anyway and counts for nothing.
/// </summary>
internal static class Guardrails
{
    /// <summary>Weighs the rules as far as the facts at hand go; the weighing says which facts would take it further.</summary>
    public static Weighing Weigh(ImmutableArray<Rule> rules, PolicyInput input)
    {
        var findings = rules.Select(rule => Find(rule, input)).ToImmutableArray();
        var binding = findings.Where(finding => !finding.Rule.IsShadow).ToImmutableArray();
        var needs = Needs(binding);
        if (!needs.IsEmpty)
        {
            return new(Verdict.Forbidden, findings, needs);
        }

        return new(Decide(binding), findings, needs);
    }

    private static Verdict Decide(ImmutableArray<RuleFinding> findings)
    {
        if (findings.Any(f => f is { Rule.Effect: RuleEffect.Forbid, Outcome: not RuleOutcome.False }))
        {
            return Verdict.Forbidden;
        }

        if (findings.Any(f => f is { Rule.Effect: RuleEffect.Review, Outcome: not RuleOutcome.False }))
        {
            return Verdict.Blocked;
        }

        return findings.Any(f => f is { Rule.Effect: RuleEffect.Allow, Outcome: RuleOutcome.True }) ? Verdict.Permitted : Verdict.Blocked;
    }

    // The facts that could still change the verdict: none once a forbid holds, none for an allow once a review holds, and none for an allow
    // once one without limits holds.
    private static ImmutableSortedSet<string> Needs(ImmutableArray<RuleFinding> findings)
    {
        if (Holds(findings, RuleEffect.Forbid))
        {
            return [];
        }

        var needs = Open(findings, RuleEffect.Forbid);
        if (!needs.IsEmpty || Holds(findings, RuleEffect.Review))
        {
            return needs;
        }

        needs = Open(findings, RuleEffect.Review);
        return needs.IsEmpty && !findings.Any(f => f is { Rule: { Effect: RuleEffect.Allow, Limits.IsEmpty: true }, Outcome: RuleOutcome.True })
            ? Open(findings, RuleEffect.Allow)
            : needs;
    }

    private static bool Holds(ImmutableArray<RuleFinding> findings, RuleEffect effect) =>
        findings.Any(f => f.Rule.Effect == effect && f.Outcome is RuleOutcome.True or RuleOutcome.Failed);

    private static ImmutableSortedSet<string> Open(ImmutableArray<RuleFinding> findings, RuleEffect effect) =>
        [.. findings.Where(f => f.Rule.Effect == effect).SelectMany(f => f.Needs)];

    private static RuleFinding Find(Rule rule, PolicyInput input)
    {
        var evaluation = rule.Condition.Evaluate(input);
        return evaluation.Kind switch
        {
            EvaluationKind.Value when evaluation.Value.TryGetBool(out var holds) =>
                new(rule, holds ? RuleOutcome.True : RuleOutcome.False, null, evaluation.Reads, []),
            EvaluationKind.Unknown => new(rule, RuleOutcome.NotNeeded, null, evaluation.Reads, evaluation.Unknowns),
            _ => new(rule, RuleOutcome.Failed, evaluation.Error ?? "the condition is not true or false", evaluation.Reads, []),
        };
    }
}
