namespace Touchstage.Safety.Storage;

/// <summary>A connection's access at its authorization server: tokens sealed, and who is fetching the next one.</summary>
internal sealed class AccessTokenRow
{
    public required string Tenant { get; init; }

    public required string Connection { get; init; }

    /// <summary>Digest of how the connection authenticates; another one's tokens are not this one's.</summary>
    public required string Fingerprint { get; set; }

    public byte[]? AccessBox { get; set; }

    public long ExpiresAt { get; set; }

    public byte[]? RefreshBox { get; set; }

    /// <summary>Grows with every token that was kept and every attempt that failed.</summary>
    public long Version { get; set; }

    public string? Holder { get; set; }

    public long HeldUntil { get; set; }

    /// <summary>Why the last attempt gave nothing; null after one that did.</summary>
    public string? Failure { get; set; }
}
