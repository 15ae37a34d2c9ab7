using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>JSON of others, read so that it has one meaning: strict UTF-8, one object, no member twice, not deep.</summary>
internal static class StrictClaims
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The object, or null if it is none.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8.GetString(json), Options);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The same of a part of a compact token.</summary>
    public static JsonElement? ReadPart(ReadOnlySpan<char> part)
    {
        try
        {
            return part.ContainsAny("= \t\r\n") ? null : Read(Base64Url.DecodeFromChars(part));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether there is such a member, whatever it is.</summary>
    public static bool Has(this JsonElement parent, string name) => parent.TryGetProperty(name, out _);

    /// <summary>A member that is a text, or null.</summary>
    public static string? Text(this JsonElement parent, string name) => parent.TryGetProperty(name, out var member) ? Text(member) : null;

    /// <summary>A member that is a text or a list of texts; a missing one is an empty list.</summary>
    /// <returns>False if it is anything else.</returns>
    public static bool TryTexts(this JsonElement parent, string name, [NotNullWhen(true)] out IReadOnlyList<string>? texts)
    {
        texts = !parent.TryGetProperty(name, out var member) ? []
            : member.ValueKind is JsonValueKind.Array ? All([.. member.EnumerateArray().Select(Text)])
            : Text(member) is { } one ? [one]
            : null;
        return texts is not null;
    }

    /// <summary>A member that is a whole number of seconds since 1970 (RFC 7519, NumericDate), or null.</summary>
    public static DateTimeOffset? Time(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.Number && member.TryGetInt64(out var seconds) && seconds is >= 0 and < 32_503_680_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static IReadOnlyList<string>? All(IReadOnlyList<string?> texts) => texts.Any(text => text is null) ? null : [.. texts.OfType<string>()];

    private static string? Text(JsonElement member)
    {
        try
        {
            return member.ValueKind is JsonValueKind.String && member.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in an escape.
            return null;
        }
    }
}
