using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>What loading the capability manifests came to.</summary>
/// <param name="Capabilities">The names of the capabilities in ordinal order; empty if there is a problem.</param>
/// <param name="Problems">All problems, by file and line; empty if the manifests loaded.</param>
public sealed record ManifestReport(IReadOnlyList<string> Capabilities, IReadOnlyList<ManifestProblem> Problems)
{
    /// <summary>Whether the manifests loaded.</summary>
    public bool IsLoaded => Problems.Count == 0;
}
