using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Touchstage.StepTokens;

/// <summary>JSON as it may stand in a token: one object, strict UTF-8, shallow, no member twice.</summary>
internal static class StrictJson
{
    /// <summary>The last Unix second that a date can hold.</summary>
    public const long LastSecond = 253_402_300_799;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads an object with <paramref name="read"/>; anything that is not as expected comes out as null.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8.GetString(json), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception refused) when (refused is JsonException or ArgumentException or InvalidOperationException)
        {
            // InvalidOperationException is how System.Text.Json reports a lone surrogate in an escape.
            return null;
        }
    }

    /// <summary>A member that is a non-empty string.</summary>
    public static bool TryText(this JsonElement parent, string name, [NotNullWhen(true)] out string? text)
    {
        text = parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        return !string.IsNullOrEmpty(text);
    }

    /// <summary>A member that is an object.</summary>
    public static bool TryObject(this JsonElement parent, string name, out JsonElement member) =>
        parent.TryGetProperty(name, out member) && member.ValueKind == JsonValueKind.Object;

    /// <summary>A member that is an array of non-empty strings.</summary>
    public static bool TryTexts(this JsonElement parent, string name, [NotNullWhen(true)] out string[]? texts)
    {
        texts = null;
        if (!parent.TryGetProperty(name, out var member) || member.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var read = new List<string>();
        foreach (var item in member.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { Length: > 0 } text)
            {
                return false;
            }

            read.Add(text);
        }

        texts = [.. read];
        return true;
    }

    /// <summary>A member that is a whole number within a range.</summary>
    public static bool TryWhole(this JsonElement parent, string name, long least, long most, out long number)
    {
        number = 0;
        return parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number
            && member.TryGetInt64(out number) && number >= least && number <= most;
    }
}
