namespace Touchstage.Safety.Policies.Explanations;

/// <summary>A part of a condition, and what it came to.</summary>
/// <param name="Text">The part as it is written.</param>
/// <param name="Value">Its value as JSON, or why there is none: <c>not given</c>, <c>failed: …</c>, <c>not looked at</c>; <c>***</c> where it is sensitive.</param>
/// <param name="IsRead">Whether it is something that was read, and not worked out.</param>
/// <param name="Parts">What it is made of.</param>
public sealed record ExplainedPart(string Text, string Value, bool IsRead, IReadOnlyList<ExplainedPart> Parts);
