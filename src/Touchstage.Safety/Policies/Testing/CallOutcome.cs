using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>What one call of a test came to.</summary>
/// <param name="Word"><c>allow</c>, <c>review</c>, <c>refuse</c> or <c>forbid</c>; or why it was never judged.</param>
/// <param name="Reasons">Why; of what is allowed, the rule that permits it.</param>
/// <param name="Findings">What each rule comes to once everything that the test knows is looked up.</param>
/// <param name="Input">From what, or null if it was never judged.</param>
internal sealed record CallOutcome(string Word, ImmutableArray<string> Reasons, ImmutableArray<RuleFinding> Findings, PolicyInput? Input)
{
    /// <summary>Every rule with the values that it read.</summary>
    public IReadOnlyList<ExplainedRule> Explain(Capability capability) => Input is null ? [] : [.. Findings.Select(finding => RuleExplanation.Of(finding, Input, capability, []))];

    /// <summary>Whether it is what is expected.</summary>
    public bool Meets(string word, string? reason) => Word == word && (reason is null || Reasons.Any(one => Names(one, reason)));

    // A reason is a code and, after the first colon, a rule's id or a limit; each alone names it too.
    private static bool Names(string reason, string expected) =>
        reason == expected || reason.StartsWith($"{expected}:", StringComparison.Ordinal) || reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..] == expected;
}
