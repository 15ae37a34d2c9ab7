namespace Touchstage.Safety.Policies.Explanations;

/// <summary>A decision that explains itself. Values of sensitive arguments are masked.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Tenant">The tenant, or null where the manifest alone was asked.</param>
/// <param name="Verdict"><c>allow</c>, <c>review</c> (held for a person), <c>refuse</c> (nobody can approve it), <c>forbid</c>, or <c>open</c>: it hangs on facts that were not given.</param>
/// <param name="Sentence">The verdict in words.</param>
/// <param name="Because">Why, a sentence each.</param>
/// <param name="Reasons">Why, as decisions spell it.</param>
/// <param name="NeededFacts">The facts on which an open verdict hangs.</param>
/// <param name="Rules">Every rule, in the order of the manifest, then the tenant's.</param>
/// <param name="TenantLimits">The tenant's own limits, and what the call would use of them.</param>
public sealed record PolicyExplanation(
    string Capability,
    string? Tenant,
    string Verdict,
    string Sentence,
    IReadOnlyList<string> Because,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> NeededFacts,
    IReadOnlyList<ExplainedRule> Rules,
    IReadOnlyList<ExplainedLimit> TenantLimits);
