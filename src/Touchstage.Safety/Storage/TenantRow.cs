namespace Touchstage.Safety.Storage;

/// <summary>A tenant: its manifest as applied. Its data keys are in a table of their own.</summary>
internal sealed class TenantRow
{
    public required string Id { get; init; }

    public required string Manifest { get; set; }

    public required string Digest { get; set; }

    public required long AppliedAt { get; set; }

    /// <summary>When it was deleted; its name is not given again.</summary>
    public long? DeletedAt { get; set; }
}
