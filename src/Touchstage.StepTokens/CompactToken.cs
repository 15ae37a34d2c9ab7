using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Touchstage.StepTokens;

/// <summary>A compact JWS (RFC 7515) taken apart; nothing in it is believed yet.</summary>
internal sealed class CompactToken
{
    private CompactToken(IReadOnlyDictionary<string, string?> header, byte[] payload, byte[] signature, byte[] signed)
    {
        Header = header;
        Payload = payload;
        Signature = signature;
        Signed = signed;
    }

    /// <summary>The header's members; a member that is not a string is null.</summary>
    public IReadOnlyDictionary<string, string?> Header { get; }

    public byte[] Payload { get; }

    public byte[] Signature { get; }

    /// <summary>The bytes that the signature is over.</summary>
    public byte[] Signed { get; }

    /// <summary>Signs a payload. The caller keeps the key; nothing of it stays here.</summary>
    /// <exception cref="ArgumentException">The key is not on P-256, or the text would be longer than <paramref name="maxLength"/>.</exception>
    public static string Sign(string type, string keyId, byte[] payload, ECDsa key, int maxLength)
    {
        P256.Demand(key);
        var signed = $"{Base64Url.EncodeToString(WriteHeader(type, keyId))}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var token = $"{signed}.{Base64Url.EncodeToString(signature)}";
        return token.Length <= maxLength
            ? token
            : throw new ArgumentException($"What was signed would be longer than {maxLength} characters; no verifier would read it.", nameof(payload));
    }

    public static bool TryParse(string token, int maxLength, [NotNullWhen(true)] out CompactToken? compact)
    {
        compact = null;
        if (token.Length > maxLength)
        {
            return false;
        }

        var parts = token.Split('.');
        if (parts.Length != 3
            || !P256.TryDecode(parts[0], out var header) || !P256.TryDecode(parts[1], out var payload) || !P256.TryDecode(parts[2], out var signature)
            || StrictJson.Read(header, Members) is not { } members)
        {
            return false;
        }

        compact = new(members, payload, signature, Encoding.ASCII.GetBytes(token[..(parts[0].Length + 1 + parts[1].Length)]));
        return true;
    }

    private static Dictionary<string, string?> Members(JsonElement root) =>
        root.EnumerateObject().ToDictionary(
            member => member.Name,
            member => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null,
            StringComparer.Ordinal);

    private static byte[] WriteHeader(string type, string keyId)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("typ", type);
            json.WriteString("alg", StepTokenNames.Algorithm);
            json.WriteString("kid", keyId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
