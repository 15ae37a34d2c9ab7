using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Capability versions that decided earlier, compiled again from the manifests that were kept under their digests.</summary>
internal sealed class ManifestVersions(IManifestStore manifests)
{
    private readonly ConcurrentDictionary<string, Capability?> compiled = new(StringComparer.Ordinal);

    /// <summary>The version, or null if it is not kept or does not load any more.</summary>
    public async Task<Capability?> FindAsync(string digest, CancellationToken cancellation)
    {
        if (!compiled.TryGetValue(digest, out var capability))
        {
            capability = await manifests.FindAsync(digest, cancellation) is { } text ? Compile(digest, text) : null;
            compiled[digest] = capability;
        }

        return capability;
    }

    // Invariant: what is compiled is what the digest names, and nothing that merely stands in its row.
    private static Capability? Compile(string digest, string canonicalJson) =>
        JsonNode.Parse(canonicalJson) is JsonObject root
        && CapabilityReader.Read(new ManifestDocument(digest, []) { Root = root }, digest) is { } capability
        && capability.Manifest.Digest == digest
            ? capability
            : null;
}
