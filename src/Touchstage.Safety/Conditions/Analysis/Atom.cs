namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>A comparison, or another term that is not taken apart, and what it came to.</summary>
/// <param name="Key">Its text, as it is told apart from others.</param>
/// <param name="Term">The term.</param>
/// <param name="Outcome">What it came to: one of them.</param>
internal sealed record Atom(string Key, TypedExpression Term, Outcomes Outcome);
