using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>A public key of an issuer, and the algorithms that it may have signed with.</summary>
/// <param name="KeyId">Its <c>kid</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Algorithms">The values of <c>alg</c> that go with it; never none, and never one of a shared secret.</param>
internal sealed record IssuerKey(string KeyId, SecurityKey Key, ImmutableArray<string> Algorithms)
{
    private const int MinRsaBytes = 2_048 / 8;

    private static readonly ImmutableArray<string> Rsa =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    /// <summary>Every algorithm that is taken: of asymmetric keys only (RFC 8725, section 3.1).</summary>
    public static readonly ImmutableArray<string> All = [.. Rsa, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512];

    /// <summary>Reads a JWK (RFC 7517); null for one that signs nothing that is taken here.</summary>
    public static IssuerKey? TryRead(JsonElement jwk)
    {
        var isForSigning = (!jwk.Has("use") || jwk.Text("use") == "sig") && jwk.TryTexts("key_ops", out var uses) && (uses.Count == 0 || uses.Contains("verify", StringComparer.Ordinal));
        if (!isForSigning || jwk.Text("kid") is not { } keyId || Read(jwk) is not ({ } key, var algorithms))
        {
            return null;
        }

        key.KeyId = keyId;
        var named = jwk.Has("alg") ? algorithms.Where(algorithm => algorithm == jwk.Text("alg")).ToImmutableArray() : algorithms;
        return named.IsEmpty ? null : new(keyId, key, named);
    }

    private static (SecurityKey? Key, ImmutableArray<string> Algorithms) Read(JsonElement jwk) => (jwk.Text("kty"), jwk.Text("crv")) switch
    {
        ("RSA", _) => (RsaKey(jwk), Rsa),
        ("EC", "P-256") => (EcKey(jwk, ECCurve.NamedCurves.nistP256), [SecurityAlgorithms.EcdsaSha256]),
        ("EC", "P-384") => (EcKey(jwk, ECCurve.NamedCurves.nistP384), [SecurityAlgorithms.EcdsaSha384]),
        ("EC", "P-521") => (EcKey(jwk, ECCurve.NamedCurves.nistP521), [SecurityAlgorithms.EcdsaSha512]),
        _ => (null, []),
    };

    private static RsaSecurityKey? RsaKey(JsonElement jwk) =>
        Bytes(jwk, "n") is { } modulus && modulus.AsSpan().TrimStart((byte)0).Length >= MinRsaBytes && Bytes(jwk, "e") is { } exponent
            ? new(new RSAParameters { Modulus = modulus, Exponent = exponent })
            : null;

    private static ECDsaSecurityKey? EcKey(JsonElement jwk, ECCurve curve)
    {
        if (Bytes(jwk, "x") is not { } x || Bytes(jwk, "y") is not { } y)
        {
            return null;
        }

        try
        {
            // Importing is what checks that the point lies on the curve.
            return new(ECDsa.Create(new ECParameters { Curve = curve, Q = new() { X = x, Y = y } }));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(JsonElement jwk, string name)
    {
        try
        {
            return jwk.Text(name) is { } text ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
