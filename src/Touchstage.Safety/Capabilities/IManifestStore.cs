namespace Touchstage.Safety.Capabilities;

/// <summary>Keeps every capability version that was ever loaded, once, under the digest of its canonical JSON.</summary>
internal interface IManifestStore
{
    /// <summary>Keeps the manifest if it is not kept yet.</summary>
    Task KeepAsync(string digest, string capability, string canonicalJson, CancellationToken cancellation);

    /// <summary>The canonical JSON under that digest, or null.</summary>
    Task<string?> FindAsync(string digest, CancellationToken cancellation);
}
