namespace Touchstage.Safety.Storage;

/// <summary>A tenant: its manifest as applied and its data key, wrapped.</summary>
internal sealed class TenantRow
{
    public required string Id { get; init; }

    public required string Manifest { get; set; }

    public required string Digest { get; set; }

    public byte[]? WrappedKey { get; set; }

    public required long AppliedAt { get; set; }
}
