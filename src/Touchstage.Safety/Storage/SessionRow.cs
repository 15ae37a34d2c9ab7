using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Storage;

/// <summary>A session; of its key only the hash, or the fingerprint of the tokens that open it.</summary>
internal sealed class SessionRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string KeyHash { get; set; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public string? OnBehalfOf { get; init; }

    public string? Person { get; init; }

    public required SessionKind Kind { get; init; }

    public required string Roles { get; init; }

    public required string Client { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; set; }

    public long? RevokedAt { get; set; }
}
