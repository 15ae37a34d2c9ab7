using System.Collections.Concurrent;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>Manifest versions in memory.</summary>
internal sealed class MemoryManifests : IManifestStore
{
    public ConcurrentDictionary<string, string> All { get; } = new(StringComparer.Ordinal);

    public bool IsDown { get; set; }

    public Task KeepAsync(string digest, string capability, string canonicalJson, CancellationToken cancellation) =>
        IsDown ? Task.FromException(new IOException("the store is down")) : Task.FromResult(All.TryAdd(digest, canonicalJson));

    public Task<string?> FindAsync(string digest, CancellationToken cancellation) => Task.FromResult(All.GetValueOrDefault(digest));
}
