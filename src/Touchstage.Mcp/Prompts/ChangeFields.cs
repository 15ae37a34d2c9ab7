using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>
/// The arguments that a person may change as fields of a form, each filled with what stands now. Forms are flat: texts, numbers, yes or no, and choices. What is
/// anything else is changed with the prompt <c>modify</c> or in the inbox.
/// </summary>
internal static class ChangeFields
{
    private const string Prefix = "change_";
    private const int MaxText = 2_000;

    /// <summary>The fields by name.</summary>
    public static IEnumerable<(string Name, ElicitRequestParams.PrimitiveSchemaDefinition Field)> Of(ApprovalCaseView shown)
    {
        foreach (var (name, schema) in Changeable(shown))
        {
            if (Field(schema, Current(shown, name)) is { } field)
            {
                field.Title = $"Change {name}";
                field.Description = "Counts only with the decision modify.";
                yield return (Prefix + name, field);
            }
        }
    }

    /// <summary>What may be changed, but not in a form.</summary>
    public static IEnumerable<string> Unfit(ApprovalCaseView shown) =>
        Changeable(shown).Where(property => Field(property.Schema, Current(shown, property.Name)) is null).Select(property => property.Name);

    /// <summary>Every argument that may be changed, with what stands now: a JSON merge patch that changes nothing.</summary>
    public static JsonObject Skeleton(ApprovalCaseView shown)
    {
        var skeleton = new JsonObject();
        foreach (var (name, _) in Changeable(shown))
        {
            skeleton[name] = Current(shown, name) is { } value ? JsonNode.Parse(value.GetRawText()) : null;
        }

        return skeleton;
    }

    /// <summary>What a person changed in the fields, as a JSON merge patch. An empty field is one that was left alone.</summary>
    public static JsonObject Read(ApprovalCaseView shown, IDictionary<string, JsonElement> content)
    {
        var changes = new JsonObject();
        foreach (var (field, _) in Of(shown))
        {
            var name = field[Prefix.Length..];
            if (content.TryGetValue(field, out var given) && !IsEmpty(given) && !(Current(shown, name) is { } current && JsonElement.DeepEquals(current, given)))
            {
                changes[name] = JsonNode.Parse(given.GetRawText());
            }
        }

        return changes;
    }

    private static IEnumerable<(string Name, JsonElement Schema)> Changeable(ApprovalCaseView shown) =>
        shown.Form.ValueKind == JsonValueKind.Object && shown.Form.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Select(property => (property.Name, property.Value))
            : [];

    private static JsonElement? Current(ApprovalCaseView shown, string name) =>
        shown.Arguments.ValueKind == JsonValueKind.Object && shown.Arguments.TryGetProperty(name, out var value) ? value : null;

    private static bool IsEmpty(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    private static ElicitRequestParams.PrimitiveSchemaDefinition? Field(JsonElement schema, JsonElement? current)
    {
        if (Choices(schema) is { } choices)
        {
            return choices.Length == 0 ? null : new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = choices, Default = Text(current) is { } text && choices.Contains(text) ? text : null };
        }

        return (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "string" => new ElicitRequestParams.StringSchema { MaxLength = Number(schema, "maxLength") is { } most and > 0 and < MaxText ? (int)most : MaxText, Default = Plain(current) },
            "number" => NumberField("number", schema, current),
            "integer" => NumberField("integer", schema, current),
            "boolean" => new ElicitRequestParams.BooleanSchema { Default = current?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null } },
            _ => null,
        };
    }

    private static ElicitRequestParams.NumberSchema NumberField(string type, JsonElement schema, JsonElement? current) => new()
    {
        Type = type,
        Minimum = Number(schema, "minimum") ?? Number(schema, "exclusiveMinimum"),
        Maximum = Number(schema, "maximum") ?? Number(schema, "exclusiveMaximum"),
        Default = current is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null,
    };

    // Null if it is no choice; empty if one that a form cannot offer.
    private static string[]? Choices(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("enum", out var choices) || choices.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var all = choices.EnumerateArray().ToArray();
        return all.All(choice => choice.ValueKind == JsonValueKind.String) ? [.. all.Select(choice => choice.GetString()!)] : [];
    }

    private static double? Number(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    // A client shows a default as it is, and a model may have written it: what would not read as it is stays out, and the case has it written out.
    private static string? Plain(JsonElement? value) => Text(value) is { } text && VisibleText.Line(text) == text ? text : null;

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
