using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>What agents can do unattended.</summary>
/// <param name="Problems">What is wrong with the manifests; nothing is proven then.</param>
/// <param name="Capabilities">A summary for each capability, by name.</param>
/// <param name="Missing">Why there is none: no such capability or tenant; null if all was found.</param>
public sealed record ProofReport(IReadOnlyList<ManifestProblem> Problems, IReadOnlyList<CapabilityProof> Capabilities, string? Missing);
