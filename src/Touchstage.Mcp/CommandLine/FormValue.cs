using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What a person typed for an argument, in the type that the case's form gives it.</summary>
internal static class FormValue
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Text where the form takes text; otherwise JSON where it is JSON. What fits nothing goes on as text, for the schema to refuse.</summary>
    public static JsonNode? Of(JsonElement form, string name, string typed)
    {
        if (TakesText(form, name))
        {
            return JsonValue.Create(typed);
        }

        try
        {
            return JsonNode.Parse(typed, documentOptions: Strict);
        }
        catch (JsonException)
        {
            return JsonValue.Create(typed);
        }
    }

    private static bool TakesText(JsonElement form, string name) =>
        form.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty(name, out var schema)
        && (schema.TryGetProperty("type", out var type) ? Names(type).Contains("string", StringComparer.Ordinal) : schema.TryGetProperty("enum", out var choices) && IsAllText(choices));

    private static IEnumerable<string?> Names(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()) : [type.GetString()];

    private static bool IsAllText(JsonElement choices) => choices.ValueKind == JsonValueKind.Array && choices.EnumerateArray().All(choice => choice.ValueKind == JsonValueKind.String);
}
