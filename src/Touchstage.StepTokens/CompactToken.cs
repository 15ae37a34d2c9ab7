using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Touchstage.StepTokens;

/// <summary>A compact JWS taken apart; nothing in it is believed yet.</summary>
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

    public static bool TryParse(string token, [NotNullWhen(true)] out CompactToken? compact)
    {
        compact = null;
        if (token.Length > StepTokenFormat.MaxLength)
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
}
