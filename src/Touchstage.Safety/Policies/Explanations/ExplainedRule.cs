namespace Touchstage.Safety.Policies.Explanations;

/// <summary>One rule of an explained decision.</summary>
/// <param name="Id">Its id: <c>allow[0]</c>.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="Outcome"><c>true</c>, <c>false</c>, <c>failed</c>, or <c>open</c>: it hangs on facts that were not given.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="IsShadow">Whether it is only watched.</param>
/// <param name="Parts">What its condition is made of.</param>
/// <param name="Limits">Its limits, and what the call would use of them.</param>
public sealed record ExplainedRule(
    string Id, string Condition, string Outcome, string? Error, bool IsShadow, IReadOnlyList<ExplainedPart> Parts, IReadOnlyList<ExplainedLimit> Limits);
