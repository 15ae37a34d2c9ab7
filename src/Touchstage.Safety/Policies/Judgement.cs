using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

/// <summary>Proof of <c>judge</c>: what the guardrails come to for a proposed action, and why.</summary>
internal sealed partial class Judgement
{
    private Judgement(
        ProposedAction action,
        Weighing weighing,
        ImmutableSortedDictionary<string, FactAnswer> facts,
        ImmutableArray<PermittingRule> permitting,
        ImmutableArray<LimitUse> counted,
        string? unmeasuredHardLimit,
        ImmutableArray<string> reasons,
        DateTimeOffset at)
    {
        Action = action;
        Verdict = weighing.Verdict;
        Findings = weighing.Findings;
        Facts = facts;
        Permitting = permitting;
        Counted = counted;
        UnmeasuredHardLimit = unmeasuredHardLimit;
        Reasons = reasons;
        At = at;
    }

    /// <summary>What was judged.</summary>
    public ProposedAction Action { get; }

    /// <summary>What the guardrails come to.</summary>
    public Verdict Verdict { get; }

    /// <summary>What each rule came to.</summary>
    public ImmutableArray<RuleFinding> Findings { get; }

    /// <summary>The facts that were looked up.</summary>
    public ImmutableSortedDictionary<string, FactAnswer> Facts { get; }

    /// <summary>For a permitted action: the rules that permit it, in order; the first whose limits all reserve is charged.</summary>
    public ImmutableArray<PermittingRule> Permitting { get; }

    /// <summary>What a person's approval of it would use, of every limit of the capability.</summary>
    public ImmutableArray<LimitUse> Counted { get; }

    /// <summary>The hard limit that could not be worked out, or null; no approval can override it.</summary>
    public string? UnmeasuredHardLimit { get; }

    /// <summary>Why it is not permitted: permanent codes, with a rule's id where there is one; sorted. Empty if permitted.</summary>
    public ImmutableArray<string> Reasons { get; }

    /// <summary>The instant it was judged at.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What the requester may be told of it: the rules' own <c>because</c>, or null.</summary>
    public string? Because => Findings
        .FirstOrDefault(f => f.Rule is { Because: not null, IsShadow: false } && Verdict switch
        {
            Verdict.Forbidden => f is { Rule.Effect: RuleEffect.Forbid, Outcome: RuleOutcome.True },
            Verdict.Blocked => f is { Rule.Effect: RuleEffect.Review, Outcome: RuleOutcome.True },
            _ => false,
        })?.Rule.Because;
}
