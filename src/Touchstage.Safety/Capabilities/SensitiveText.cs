using System.Text.Json;

namespace Touchstage.Safety.Capabilities;

/// <summary>Finds the texts that masking takes out.</summary>
internal static class SensitiveText
{
    // Shorter texts stand in many an answer by chance.
    private const int MinLength = 6;

    /// <summary>The texts and numbers of a value that its masked twin does not show.</summary>
    public static IEnumerable<string> Of(JsonElement value, JsonElement masked) => value.ValueKind switch
    {
        JsonValueKind.Object when masked.ValueKind is JsonValueKind.Object =>
            value.EnumerateObject().SelectMany(member => masked.TryGetProperty(member.Name, out var twin) ? Of(member.Value, twin) : All(member.Value)),
        JsonValueKind.Array when masked.ValueKind is JsonValueKind.Array && masked.GetArrayLength() == value.GetArrayLength() =>
            value.EnumerateArray().Zip(masked.EnumerateArray(), Of).SelectMany(texts => texts),
        _ => value.GetRawText() == masked.GetRawText() ? [] : All(value),
    };

    private static IEnumerable<string> All(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => All(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(All),
        JsonValueKind.String => Long(value.GetString() ?? ""),
        JsonValueKind.Number => Long(value.GetRawText()),
        _ => [],
    };

    private static IEnumerable<string> Long(string text) => text.Length >= MinLength ? [text] : [];
}
