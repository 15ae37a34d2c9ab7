namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>One conjunct of a suggested condition.</summary>
/// <param name="Text">As conditions spell it.</param>
/// <param name="Kind">What it restricts.</param>
internal sealed record Atom(string Text, AtomKind Kind);
