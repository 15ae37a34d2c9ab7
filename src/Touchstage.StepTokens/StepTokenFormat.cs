using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstage.StepTokens;

/// <summary>Assembles and signs step tokens: compact JWS (RFC 7515) with ES256.</summary>
public static class StepTokenFormat
{
    /// <summary>The longest token that a verifier reads, in characters: 16 KiB, room for the statements of ten voters.</summary>
    public const int MaxLength = 16_384;

    /// <summary>The longest life of a token: from <c>iat</c> to <c>exp</c>.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromSeconds(30);

    /// <summary>How far two clocks may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>Signs claims into a token. The caller keeps the key; nothing of it stays here.</summary>
    /// <param name="claims">What the token says.</param>
    /// <param name="type"><see cref="StepTokenNames.TxnTokenType"/> or <see cref="StepTokenNames.BearerType"/>.</param>
    /// <param name="keyId">The <c>kid</c> under which the public key is published.</param>
    /// <param name="key">The private key, on the curve P-256.</param>
    /// <returns>The compact JWS. A secret until it was used: never log it.</returns>
    /// <exception cref="ArgumentException">
    /// The type is neither of the two, the key is not on P-256, the token would live longer than <see cref="MaxLifetime"/>, the tenant of
    /// <c>sub</c> and <c>tctx</c> differ, a claim is empty, or the token would be longer than <see cref="MaxLength"/>.
    /// </exception>
    public static string Sign(StepTokenClaims claims, string type, string keyId, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(key);
        if (type is not (StepTokenNames.TxnTokenType or StepTokenNames.BearerType))
        {
            throw new ArgumentException("A step token has one of two types.", nameof(type));
        }

        var payload = claims.ToPayload();
        // Invariant: nothing is signed that a verifier would refuse to read.
        if (!StepTokenClaims.TryParse(payload, out var read) || read.ExpiresAt - read.IssuedAt > MaxLifetime
            || !string.Equals(read.Subject.Tenant, read.Context.Tenant, StringComparison.Ordinal))
        {
            throw new ArgumentException("The claims are not those of a step token: one is empty, out of range, or contradicts another.", nameof(claims));
        }

        return CompactToken.Sign(type, keyId, payload, key, MaxLength);
    }

    /// <summary>
    /// Reads a token that one of these keys signed, and makes no other check: not of its life, not of whom it is for. Whether it is good for a request is
    /// <see cref="StepTokenValidator"/>'s to say.
    /// </summary>
    /// <param name="token">The compact JWS.</param>
    /// <param name="type">The <c>typ</c> that it must have: <see cref="StepTokenNames.TxnTokenType"/> or <see cref="StepTokenNames.BearerType"/>.</param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="claims">What it says.</param>
    /// <returns>False if it is no step token of that type, or none of these keys signed it.</returns>
    public static bool TryRead(string token, string type, StepTokenKeySet keys, [NotNullWhen(true)] out StepTokenClaims? claims)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(keys);
        claims = null;
        return type is StepTokenNames.TxnTokenType or StepTokenNames.BearerType
            && EnvelopeChecks.TryOpen(token, MaxLength, type, keys, out var compact, out _)
            && StepTokenClaims.TryParse(compact.Payload, out claims);
    }
}
