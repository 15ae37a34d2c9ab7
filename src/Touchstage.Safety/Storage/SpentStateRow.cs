namespace Touchstage.Safety.Storage;

/// <summary>A signed state that was used: it is not taken a second time. Kept until it would have expired anyway.</summary>
internal sealed class SpentStateRow
{
    public required string Tenant { get; init; }

    public required string Nonce { get; init; }

    public required long ExpiresAt { get; init; }
}
