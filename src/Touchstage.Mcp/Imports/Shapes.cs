using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Reads JSON that nobody has checked: whatever has another shape is not there.</summary>
internal static class Shapes
{
    public static JsonObject? Object(JsonNode? node, string name) => node is JsonObject mapping ? mapping[name] as JsonObject : null;

    public static JsonArray? Array(JsonNode? node, string name) => node is JsonObject mapping ? mapping[name] as JsonArray : null;

    public static string? Text(JsonNode? node, string name) => node is JsonObject mapping ? Text(mapping[name]) : null;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool IsTrue(JsonNode? node, string name) => node is JsonObject mapping && mapping[name]?.GetValueKind() is JsonValueKind.True;

    public static bool IsFalse(JsonNode? node, string name) => node is JsonObject mapping && mapping[name]?.GetValueKind() is JsonValueKind.False;

    /// <summary>The texts of a list; what is no text is passed over.</summary>
    public static IEnumerable<string> Texts(JsonNode? node, string name) => (Array(node, name) ?? []).Select(Text).OfType<string>();

    /// <summary>The members of a mapping.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node, string name) => Object(node, name) ?? Enumerable.Empty<KeyValuePair<string, JsonNode?>>();
}
