using System.Text.Json;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>Texts that say a little less than a JSON text.</summary>
internal static class Shrinking
{
    /// <summary>Each with one member or item less, a value in the place of what is around it, or something plain in its place; those that save most come first.</summary>
    public static IEnumerable<string> Of(string text) => Of(JsonElement.Parse(text)).Where(smaller => smaller.Length < text.Length).Distinct(StringComparer.Ordinal).OrderBy(smaller => smaller.Length);

    private static IEnumerable<string> Of(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().Select(member => (Name: JsonSerializer.Serialize(member.Name), member.Value)).ToArray();
                return Of([.. members.Select(member => (member.Name + ":", member.Value))], '{', '}');
            case JsonValueKind.Array:
                return Of([.. value.EnumerateArray().Select(item => ("", item))], '[', ']');
            case JsonValueKind.String:
                return ["\"a\"", "0"];
            case JsonValueKind.Number:
                return ["0", "1"];
            default:
                return ["0"];
        }
    }

    private static IEnumerable<string> Of((string Name, JsonElement Value)[] parts, char begin, char end)
    {
        yield return "0";
        yield return $"{begin}{end}";
        for (var at = 0; at < parts.Length; at++)
        {
            yield return parts[at].Value.GetRawText();
            yield return Join(parts.Where((_, index) => index != at).Select(part => part.Name + part.Value.GetRawText()));
            foreach (var smaller in Of(parts[at].Value))
            {
                yield return Join(parts.Select((part, index) => part.Name + (index == at ? smaller : part.Value.GetRawText())));
            }
        }

        string Join(IEnumerable<string> texts) => $"{begin}{string.Join(',', texts)}{end}";
    }
}
