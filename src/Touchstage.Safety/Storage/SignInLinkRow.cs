namespace Touchstage.Safety.Storage;

/// <summary>A one-time link that signs an approver in, hashed.</summary>
internal sealed class SignInLinkRow
{
    public required string Hash { get; init; }

    public required string Tenant { get; init; }

    public required string SessionId { get; init; }

    public required long ExpiresAt { get; init; }

    public long? UsedAt { get; set; }
}
