using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities;

/// <summary>What a policy must never let an agent do without a person, proven when the manifest loads.</summary>
/// <param name="NeverAllow">The calls that it must not let through.</param>
/// <param name="Because">Why, or null.</param>
internal sealed record Invariant(Condition NeverAllow, string? Because);
