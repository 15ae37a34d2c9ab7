using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>One expression of a condition with what it came to, and what it was made of. Literals, and what was never looked at, are not in it.</summary>
/// <param name="Span">Where it stands in the text.</param>
/// <param name="Text">How it is written; for an element of a macro its names and their values, <c>…</c> for those that are left out.</param>
/// <param name="Value">What it came to, which may be failed or unknown; null for what is left out.</param>
/// <param name="Children">The expressions that it looked at, in that order.</param>
/// <param name="IsElement">One round of a macro, not an expression of the text.</param>
internal sealed record ConditionTrace(TextSpan Span, string Text, CelValue? Value, ImmutableArray<ConditionTrace> Children, bool IsElement = false);
