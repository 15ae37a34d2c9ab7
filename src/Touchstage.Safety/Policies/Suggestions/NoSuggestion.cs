namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Why no rule is suggested.</summary>
/// <param name="Capability">For which capability.</param>
/// <param name="Effect"><c>allow</c> or <c>forbid</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record NoSuggestion(string Capability, string Effect, string Reason);
