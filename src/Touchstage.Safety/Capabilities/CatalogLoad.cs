using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>What loading a folder of manifests came to: every capability, or everything that is wrong with any of them.</summary>
/// <param name="Capabilities">The capabilities by name, or null if there is a problem.</param>
/// <param name="Problems">All problems, by file and line; empty if there is none.</param>
internal sealed record CatalogLoad(ImmutableSortedDictionary<string, Capability>? Capabilities, ImmutableArray<ManifestProblem> Problems);
