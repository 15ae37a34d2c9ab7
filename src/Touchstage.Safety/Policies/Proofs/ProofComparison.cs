using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>How a folder of manifests differs from an older one in what it allows.</summary>
/// <param name="Problems">What is wrong with the manifests of either; nothing is compared then.</param>
/// <param name="Changes">What is allowed now and was not, by capability; empty if surely nothing is.</param>
public sealed record ProofComparison(IReadOnlyList<ManifestProblem> Problems, IReadOnlyList<ProofChange> Changes);
