namespace Touchstage.Safety.Policies.Proofs;

/// <summary>What an agent can do with one capability unattended.</summary>
/// <param name="Capability">Its name.</param>
/// <param name="Allowed">For each allow rule that can let something through, what; empty if nothing ever runs without a person.</param>
public sealed record CapabilityProof(string Capability, IReadOnlyList<AllowedSummary> Allowed);
