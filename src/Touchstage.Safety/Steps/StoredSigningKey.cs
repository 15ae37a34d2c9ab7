using System.Collections.Immutable;

namespace Touchstage.Safety.Steps;

/// <summary>A signing key as stored.</summary>
/// <param name="KeyId">Its <c>kid</c>: the RFC 7638 thumbprint of the public key.</param>
/// <param name="SealedPrivateKey">PKCS #8, sealed by Data Protection.</param>
/// <param name="PublicJwk">The public key as JWK JSON.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record StoredSigningKey(string KeyId, ImmutableArray<byte> SealedPrivateKey, string PublicJwk, DateTimeOffset CreatedAt);
