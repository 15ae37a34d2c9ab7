namespace Touchstage.Safety.Policies.Explanations;

/// <summary>A limit, and what the call would use of it. How much is used already is not looked at.</summary>
/// <param name="Label">The limit as its manifest spells it: <c>count 5 per 1h by caller</c>.</param>
/// <param name="Uses">What the call would use, or null if that cannot be worked out.</param>
/// <param name="Max">The most.</param>
/// <param name="IsHard">Whether it refuses an approved call too.</param>
/// <param name="Refuses">Whether the call is refused, and not held, once the limit is spent.</param>
public sealed record ExplainedLimit(string Label, decimal? Uses, decimal Max, bool IsHard, bool Refuses);
