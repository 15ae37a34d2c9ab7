using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>What rules come to for a recorded call.</summary>
/// <param name="Decision">What becomes of the call.</param>
/// <param name="Reasons">Why it is not permitted, as ledger entries spell it; sorted.</param>
/// <param name="Findings">What each rule came to; empty where none was asked.</param>
/// <param name="Permitting">The rules that hold, each with its uses, for a call that is permitted but for its limits.</param>
/// <param name="Uses">What it uses of limits if its step is recorded.</param>
/// <param name="Why">Why, where no rule says it: arguments that do not fit, a capability that is not there, a limit. Null otherwise.</param>
internal sealed record Ruling(
    CallDecision Decision, ImmutableArray<string> Reasons, ImmutableArray<RuleFinding> Findings, ImmutableArray<PermittingRule> Permitting, ImmutableArray<LimitUse> Uses, string? Why)
{
    /// <summary>The rule that permitted it, once its limits were asked.</summary>
    public string? PermittedBy { get; init; }

    /// <summary>A refusal that no rule decides.</summary>
    public static Ruling Refused(string why) => new(CallDecision.Forbidden, [], [], [], [], why);
}
