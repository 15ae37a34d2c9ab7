using System.Globalization;
using System.Security.Cryptography;
using CsCheck;

namespace Touchstage.StepTokens.Tests;

/// <summary>Any request that an API may get, with a token for it: always with a query, a covered header and letters in its path, so that everything can be changed.</summary>
internal sealed class SignedRequests(string publicUrl, Func<DateTimeOffset> now, ECDsa key)
{
    public const string KeyId = "key-1";
    public const string Issuer = "https://touchstage.example";
    public const string Audience = "https://storefront.example";
    public const string Scope = "look";
    private const string PathCharacters = "abcxyzABCXYZ0189-._~";
    private int minted;

    private static readonly Gen<string> Word = Gen.Select(Gen.Char["abcxyzABCXYZ"], Gen.Char[PathCharacters].Array[0, 6], (first, rest) => first + new string(rest));

    private static readonly Gen<string> Target = Gen.Select(
        Word.Array[1, 4], Gen.Select(Word, Word, (name, value) => $"{name}={value}").Array[1, 3],
        (path, query) => $"/any/{string.Join('/', path)}?{string.Join('&', query)}");

    private static readonly Gen<KeyValuePair<string, string>[]> Headers = Gen.Select(Gen.Bool, Gen.Bool, Word, (idempotent, note, value) => (KeyValuePair<string, string>[])
    [
        new("Content-Type", "application/" + value),
        .. idempotent ? [new KeyValuePair<string, string>("Idempotency-Key", value)] : Array.Empty<KeyValuePair<string, string>>(),
        .. note ? [new KeyValuePair<string, string>("X-Note", value)] : Array.Empty<KeyValuePair<string, string>>(),
    ]);

    /// <summary>The key that the tokens are signed with.</summary>
    public ECDsa Key => key;

    /// <summary>Any of them.</summary>
    public Gen<SignedRequest> Any => Gen.Select(
        Gen.Int[0, 4].Select(i => ((string[])["GET", "POST", "PUT", "PATCH", "DELETE"])[i]), Target, Headers, Gen.Byte.Array[0, 40],
        (method, target, headers, body) => new SignedRequest(method, target, [.. headers], body, Mint(method, target, headers, body)));

    private string Mint(string method, string target, KeyValuePair<string, string>[] headers, byte[] body)
    {
        var id = Interlocked.Increment(ref minted).ToString(CultureInfo.InvariantCulture);
        return StepTokenFormat.Sign(
            new()
            {
                Issuer = Issuer,
                IssuedAt = now(),
                ExpiresAt = now().AddSeconds(10),
                Audience = Audience,
                Transaction = "stp_" + id,
                TokenId = "tok_" + id,
                Subject = new("acme", "local", "ada"),
                Scope = Scope,
                Workload = "touchstage-1",
                Context = new()
                {
                    Tenant = "acme",
                    Capability = Scope,
                    Connection = "billing",
                    ArgumentsDigest = "salted",
                    Binding = RequestBinding.Compute(method, publicUrl + target, headers, body),
                },
                Origin = new("tests", "stdio"),
            },
            StepTokenNames.TxnTokenType, KeyId, key);
    }
}
