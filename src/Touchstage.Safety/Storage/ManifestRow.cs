namespace Touchstage.Safety.Storage;

/// <summary>One capability version, under its digest; the same for every tenant.</summary>
internal sealed class ManifestRow
{
    public required string Digest { get; init; }

    public required string Capability { get; init; }

    public required string CanonicalJson { get; init; }
}
