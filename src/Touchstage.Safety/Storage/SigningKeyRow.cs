namespace Touchstage.Safety.Storage;

/// <summary>A signing key; its private half sealed before it came here.</summary>
internal sealed class SigningKeyRow
{
    public required string KeyId { get; init; }

    public required byte[] SealedPrivateKey { get; init; }

    public required string PublicJwk { get; init; }

    public required long CreatedAt { get; init; }
}
