using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>A compact JWT (RFC 7519) taken apart; nothing in it is believed yet. Prints as <c>***</c>.</summary>
internal sealed class TokenText
{
    private const int MaxLength = 16 * 1024;

    private TokenText(JsonElement header, JsonElement payload) => (Header, Payload) = (header, payload);

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    /// <summary>Whether a bearer's text is meant as a token: session keys have no dots.</summary>
    public static bool IsMeant(string text) => text.Contains('.', StringComparison.Ordinal);

    public static bool TryRead(string text, [NotNullWhen(true)] out TokenText? token)
    {
        token = text.Length <= MaxLength && text.Split('.') is [var header, var payload, { Length: > 0 }]
            && StrictClaims.ReadPart(header) is { } read && StrictClaims.ReadPart(payload) is { } claims
            ? new(read, claims)
            : null;
        return token is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
