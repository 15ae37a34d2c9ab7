namespace Touchstage.Safety.Storage;

/// <summary>A signing key; its private half sealed before it came here.</summary>
internal sealed class SigningKeyRow
{
    public required string KeyId { get; init; }

    public required byte[] SealedPrivateKey { get; set; }

    public required string PublicJwk { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>From when on it signs; it is published before.</summary>
    public required long SignsFrom { get; set; }

    /// <summary>Until when it is published; null while no other key follows it, 0 once it was revoked.</summary>
    public long? PublishedUntil { get; set; }
}
