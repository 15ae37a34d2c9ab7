using System.Collections.Immutable;

namespace Touchstage.Safety.Policies;

/// <summary>How far the guardrails were weighed.</summary>
/// <param name="Verdict">What they come to; <see cref="Policies.Verdict.Forbidden"/> while facts are needed.</param>
/// <param name="Findings">What each rule came to.</param>
/// <param name="Needs">The facts without which there is no verdict; empty when there is one.</param>
internal sealed record Weighing(Verdict Verdict, ImmutableArray<RuleFinding> Findings, ImmutableSortedSet<string> Needs)
{
    /// <summary>The findings that the verdict rests on.</summary>
    // Invariant: a shadow rule has no say, so nothing but what is recorded and shown reads it.
    public IEnumerable<RuleFinding> Binding => Findings.Where(finding => !finding.Rule.IsShadow);
}
