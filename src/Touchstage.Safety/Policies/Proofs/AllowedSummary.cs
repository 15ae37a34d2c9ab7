namespace Touchstage.Safety.Policies.Proofs;

/// <summary>What one allow rule lets through.</summary>
/// <param name="Rule">The rule, such as <c>allow[0]</c>.</param>
/// <param name="Calls">The calls, in words: each a way in which the rule may hold; a call may lie in several.</param>
/// <param name="Limits">The rule's limits, in words.</param>
public sealed record AllowedSummary(string Rule, IReadOnlyList<string> Calls, IReadOnlyList<string> Limits);
