using System.Collections.Immutable;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities;

/// <summary>One compiled guardrail.</summary>
/// <param name="Id">What decisions, approvals and the ledger call it: <c>allow[0]</c>, <c>forbid[2]</c> (its place in the manifest's policy), <c>tenant.review[1]</c>.</param>
/// <param name="Effect">What it does if its condition holds.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Because">What the requester may be told, or null.</param>
/// <param name="Limits">The limits of an allow rule.</param>
/// <param name="IsShadow">Whether it is only watched: weighed and recorded, without any effect.</param>
internal sealed record Rule(string Id, RuleEffect Effect, Condition Condition, string? Because, ImmutableArray<LimitDeclaration> Limits, bool IsShadow = false)
{
    /// <summary>Its line in the manifest; 0 for a tenant's.</summary>
    public int Line { get; init; }
}
