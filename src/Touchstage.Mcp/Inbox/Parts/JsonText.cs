using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstage.Mcp.Approvals;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>JSON values as text for a person, with nothing invisible in it.</summary>
internal static class JsonText
{
    /// <summary>What stands in place of a sensitive value.</summary>
    public const string Mask = "***";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, MaxDepth = 128, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The members of an object; none of anything else.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];

    /// <summary>Whether a value has parts, so that it needs lines of its own.</summary>
    public static bool IsNested(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>A value: a text as it is, anything else as JSON.</summary>
    public static string Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Lines(value.GetString()!) : Lines(JsonSerializer.Serialize(value, Readable));

    /// <summary>What kind of value it is, for readers who must tell the text 5 from the number 5.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.ValueEquals("") => "empty text",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "yes or no",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "object",
        _ => "nothing",
    };

    /// <summary>A member's text, or null where there is none.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? Of(value) : null;

    /// <summary>A longer text that keeps its lines.</summary>
    public static string Lines(string text) => string.Join('\n', VisibleText.Quote(text, ""));
}
