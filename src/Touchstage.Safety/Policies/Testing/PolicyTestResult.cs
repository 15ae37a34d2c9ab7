using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>What one policy test of a manifest came to.</summary>
/// <param name="File">The manifest's file.</param>
/// <param name="Line">The line in it: of the test or, where a sequence fails, of the call that fails.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Name">The test's name.</param>
/// <param name="Call">In a sequence that fails, which call does, from 1; otherwise null.</param>
/// <param name="Expected">What it expects: <c>allow</c>, <c>review</c>, <c>refuse</c>, <c>forbid</c>; of a test of <c>verify</c>: <c>succeeded</c>, <c>failed</c>, <c>unknown</c>.</param>
/// <param name="ExpectedReason">The reason it expects, or null where any will do.</param>
/// <param name="Actual">What it came to, in the same words, or <c>invalid arguments: …</c>.</param>
/// <param name="Reasons">Why, as decisions spell it: a code and, after a colon, the rule or limit; of what is allowed, the rule that permits it.</param>
/// <param name="Notes">What else there is to say of a failure, a sentence each.</param>
/// <param name="Rules">Of a failure: every rule, with the values that it read.</param>
/// <param name="Passed">Whether it came to what was expected.</param>
public sealed record PolicyTestResult(
    string File,
    int Line,
    string Capability,
    string Name,
    int? Call,
    string Expected,
    string? ExpectedReason,
    string Actual,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ExplainedRule> Rules,
    bool Passed);
