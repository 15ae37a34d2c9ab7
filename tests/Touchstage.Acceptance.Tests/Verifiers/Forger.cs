using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.StepTokens;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>Signs step tokens, and whatever a forger would rather have taken for one. The clock is the machine's: the verifiers have no other.</summary>
internal sealed class Forger : IDisposable
{
    public const string Issuer = "touchstage";
    public const string Audience = "https://api.example";
    public const string KeyId = "key-1";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int minted;

    public string Jwks => StepTokenKeySet.Of(KeyId, key).ToJwks();

    /// <summary>The claims of a token for one request.</summary>
    public JsonObject Claims(string scope, string method, string targetUri, byte[] body, params (string Name, string Value)[] headers)
    {
        // An issuer whose clock is a little ahead: a verifier that has only just started takes nothing from before its start.
        var now = TimeProvider.System.GetUtcNow().AddSeconds(2);
        var id = Interlocked.Increment(ref minted);
        return JsonNode.Parse(new StepTokenClaims
        {
            Issuer = Issuer,
            IssuedAt = now,
            ExpiresAt = now.AddSeconds(20),
            Audience = Audience,
            Transaction = $"stp_{id}",
            TokenId = $"jti_{id}",
            Subject = new("acme", "local", "helper"),
            Scope = scope,
            Workload = "touchstage",
            Context = new()
            {
                Tenant = "acme",
                Capability = scope,
                Connection = "api",
                ArgumentsDigest = "salted",
                Binding = RequestBinding.Compute(method, targetUri, headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), body),
            },
            Origin = new("tests", "http"),
        }.ToPayload())!.AsObject();
    }

    /// <summary>Signs anything with the published key.</summary>
    public string Sign(JsonObject claims, string type, Action<JsonObject>? jose = null) => Sign(claims, type, jose, key);

    /// <summary>Signs with a key that nobody published.</summary>
    public static string SignWithAnother(JsonObject claims, string type)
    {
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(claims, type, null, another);
    }

    /// <summary>Signs nothing: <c>alg: none</c>.</summary>
    public static string Unsigned(JsonObject claims, string type) => $"{Encoded(Header(type, "none"))}.{Encoded(claims)}.";

    /// <summary>HMAC with the public key for a secret, in each spelling that a library might take it in.</summary>
    public string Hmac(JsonObject claims, string type)
    {
        var signed = $"{Encoded(Header(type, "HS256"))}.{Encoded(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Good JSON of another step, under the old signature.</summary>
    public static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["txn"] = "stp_other";
        return $"{parts[0]}.{Encoded(claims)}.{parts[2]}";
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static string Sign(JsonObject claims, string type, Action<JsonObject>? jose, ECDsa key)
    {
        var header = Header(type, "ES256");
        jose?.Invoke(header);
        var signed = $"{Encoded(header)}.{Encoded(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    private static JsonObject Header(string type, string algorithm) => new() { ["typ"] = type, ["alg"] = algorithm, ["kid"] = KeyId };

    private static string Encoded(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
