using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Policies;

/// <summary>What one rule came to, and from which values.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">What its condition came to.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Reads">The values that were read, unmasked.</param>
/// <param name="Needs">The facts it still depends on.</param>
/// <param name="IsOfModifier">Whether it was weighed for the person who changed the action, and not for its requester.</param>
internal sealed record RuleFinding(Rule Rule, RuleOutcome Outcome, string? Error, ImmutableArray<ReadValue> Reads, ImmutableSortedSet<string> Needs, bool IsOfModifier = false);
