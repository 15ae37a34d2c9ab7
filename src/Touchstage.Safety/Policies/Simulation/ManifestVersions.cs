using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Capability versions that decided earlier, compiled again from the manifests that were kept under their digests.</summary>
internal sealed class ManifestVersions(IManifestStore manifests)
{
    private readonly ConcurrentDictionary<(string Digest, string Path), Capability?> compiled = new();

    /// <summary>The version that decided a call, at the place where it was then; null if it is not kept or does not load any more.</summary>
    public async Task<Capability?> FindAsync(RecordedCall call, CancellationToken cancellation)
    {
        var key = (call.ManifestDigest, call.Judged?.Path ?? "");
        if (!compiled.TryGetValue(key, out var capability))
        {
            capability = await manifests.FindAsync(key.ManifestDigest, cancellation) is { } text ? Compile(key.ManifestDigest, key.Item2, text) : null;
            compiled[key] = capability;
        }

        return capability;
    }

    // Invariant: what is compiled is what the digest names, and nothing that merely stands in its row.
    private static Capability? Compile(string digest, string path, string canonicalJson) =>
        JsonNode.Parse(canonicalJson) is JsonObject root
        && CapabilityReader.Read(new ManifestDocument(digest, []) { Root = root }, path) is { } capability
        && capability.Manifest.Digest == digest
            ? capability
            : null;
}
