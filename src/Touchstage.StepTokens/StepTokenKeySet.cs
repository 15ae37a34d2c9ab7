using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace Touchstage.StepTokens;

/// <summary>The public keys of a token's issuer, by <c>kid</c>. Immutable; safe for many threads.</summary>
public sealed class StepTokenKeySet
{
    // RFC 7518, section 6: the private members of EC and RSA keys, and the value of a symmetric one.
    private static readonly string[] SecretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    private readonly FrozenDictionary<string, ECParameters> keys;

    private StepTokenKeySet(IEnumerable<KeyValuePair<string, ECParameters>> keys) => this.keys = keys.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A set without keys: every token is refused.</summary>
    public static StepTokenKeySet Empty { get; } = new([]);

    /// <summary>The <c>kid</c> of every key.</summary>
    public IReadOnlyCollection<string> KeyIds => keys.Keys;

    /// <summary>A set of one key.</summary>
    /// <param name="keyId">The key's <c>kid</c>.</param>
    /// <param name="key">The key; only its public part is kept.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public static StepTokenKeySet Of(string keyId, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(key);
        return new([new(keyId, P256.Demand(key))]);
    }

    /// <summary>
    /// Reads a JWKS document (RFC 7517). Keys that are not <c>kty: EC</c>, <c>crv: P-256</c>, <c>use: sig</c> with a <c>kid</c> are passed
    /// over; a document in which such a key is broken or has the <c>kid</c> of another, or any key has a private member, is refused whole.
    /// </summary>
    /// <param name="jwks">The document, UTF-8.</param>
    /// <param name="keySet">The keys.</param>
    /// <returns>False if it is not a JWKS document.</returns>
    public static bool TryParse(ReadOnlySpan<byte> jwks, [NotNullWhen(true)] out StepTokenKeySet? keySet)
    {
        keySet = StrictJson.Read(jwks, Read);
        return keySet is not null;
    }

    /// <summary>Writes one public key as a JWK: <c>{ kty, crv, use, alg, kid, x, y }</c>.</summary>
    /// <param name="keyId">The key's <c>kid</c>.</param>
    /// <param name="key">The key; only its public part is written.</param>
    /// <returns>One JSON object.</returns>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public static string WriteJwk(string keyId, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(key);
        return Write(json => WriteKey(json, keyId, P256.Demand(key)));
    }

    /// <summary>Writes the whole set as a JWKS document: <c>{ "keys": [ … ] }</c>, ordered by <c>kid</c>.</summary>
    /// <returns>One JSON object.</returns>
    public string ToJwks() => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (var (keyId, key) in keys.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            WriteKey(json, keyId, key);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>This set with one more key, or another key under the same <c>kid</c>.</summary>
    /// <param name="keyId">The key's <c>kid</c>.</param>
    /// <param name="key">The key; only its public part is kept.</param>
    /// <returns>The new set.</returns>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public StepTokenKeySet With(string keyId, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(key);
        return new(new Dictionary<string, ECParameters>(keys, StringComparer.Ordinal) { [keyId] = P256.Demand(key) });
    }

    internal bool TryGet(string keyId, out ECParameters key) => keys.TryGetValue(keyId, out key);

    private static StepTokenKeySet? Read(JsonElement root)
    {
        if (!root.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var read = new Dictionary<string, ECParameters>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            // Invariant: whoever publishes a secret, of whatever key, publishes no keys that can be believed.
            if (item.ValueKind != JsonValueKind.Object || SecretMembers.Any(member => item.TryGetProperty(member, out _)))
            {
                return null;
            }

            if (!IsOurs(item) || !item.TryText("kid", out var keyId))
            {
                continue;
            }

            if (!TryReadKey(item, out var key) || !read.TryAdd(keyId, key))
            {
                return null;
            }
        }

        return new(read);
    }

    private static bool IsOurs(JsonElement item) =>
        item.TryText("kty", out var kty) && kty == "EC"
        && item.TryText("crv", out var crv) && crv == "P-256"
        && item.TryText("use", out var use) && use == "sig"
        && (!item.TryGetProperty("alg", out _) || (item.TryText("alg", out var alg) && alg == StepTokenNames.Algorithm));

    private static bool TryReadKey(JsonElement item, out ECParameters key)
    {
        key = default;
        if (!item.TryText("x", out var x) || !P256.TryDecode(x, out var left) || left.Length != P256.FieldSize
            || !item.TryText("y", out var y) || !P256.TryDecode(y, out var right) || right.Length != P256.FieldSize)
        {
            return false;
        }

        key = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = left, Y = right } };
        try
        {
            // Importing is what checks that the point lies on the curve.
            using var imported = ECDsa.Create(key);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void WriteKey(Utf8JsonWriter json, string keyId, ECParameters key)
    {
        json.WriteStartObject();
        json.WriteString("kty", "EC");
        json.WriteString("crv", "P-256");
        json.WriteString("use", "sig");
        json.WriteString("alg", StepTokenNames.Algorithm);
        json.WriteString("kid", keyId);
        json.WriteString("x", Base64Url.EncodeToString(key.Q.X));
        json.WriteString("y", Base64Url.EncodeToString(key.Q.Y));
        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
