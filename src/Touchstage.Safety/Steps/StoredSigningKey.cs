using System.Collections.Immutable;

namespace Touchstage.Safety.Steps;

/// <summary>A signing key as stored.</summary>
/// <param name="KeyId">Its <c>kid</c>: the RFC 7638 thumbprint of the public key.</param>
/// <param name="SealedPrivateKey">PKCS #8, sealed by Data Protection.</param>
/// <param name="PublicJwk">The public key as JWK JSON.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record StoredSigningKey(string KeyId, ImmutableArray<byte> SealedPrivateKey, string PublicJwk, DateTimeOffset CreatedAt)
{
    /// <summary>From when on it signs; it is published before.</summary>
    public DateTimeOffset SignsFrom { get; init; } = CreatedAt;

    /// <summary>Until when it is published; null while no other key follows it. The Unix epoch: it was revoked.</summary>
    public DateTimeOffset? PublishedUntil { get; init; }

    /// <summary>Whether somebody else may have it: it neither signs nor vouches for anything any more.</summary>
    public bool IsRevoked => PublishedUntil == DateTimeOffset.UnixEpoch;

    /// <summary>Whether API owners are told of it.</summary>
    public bool IsPublished(DateTimeOffset now) => PublishedUntil is not { } until || until > now;
}
