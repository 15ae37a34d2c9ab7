using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>What came of explaining a call.</summary>
/// <param name="Explanation">The explanation, or null if something is wrong.</param>
/// <param name="Problems">What is wrong, each with its place: <c>/args/amount</c>, <c>/facts/customer</c>; empty if nothing is.</param>
public sealed record PolicyExplanationReport(PolicyExplanation? Explanation, IReadOnlyList<Problem> Problems);
