using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Makes up arguments for a policy test: the document's own examples, else the simplest value that its schema seems to ask for. Whether they fit is tried elsewhere.</summary>
internal sealed class ExampleArguments
{
    private const int MostNesting = 12;

    // Members of members multiply with every level.
    private const int MostValues = 2_000;

    private readonly JsonObject root;
    private int values;

    private ExampleArguments(JsonObject input) => root = input;

    /// <summary>The required arguments.</summary>
    /// <param name="input">The schema of the arguments.</param>
    /// <param name="examples">The document's examples, by argument.</param>
    public static JsonObject Of(JsonObject input, IReadOnlyDictionary<string, JsonNode?> examples)
    {
        var maker = new ExampleArguments(input);
        var made = new JsonObject();
        foreach (var name in Shapes.Texts(input, "required"))
        {
            made[name] = examples.TryGetValue(name, out var example) && example is not null && ExactNumbers.Hold(example) ? example.DeepClone() : maker.Value(input["properties"]?[name], 0);
        }

        return made;
    }

    /// <summary>The same without the document's examples, which often do not fit.</summary>
    public static JsonObject Of(JsonObject input) => Of(input, new Dictionary<string, JsonNode?>(StringComparer.Ordinal));

    private JsonNode? Value(JsonNode? node, int nesting)
    {
        if (node is not JsonObject schema || nesting > MostNesting || ++values > MostValues)
        {
            return "x";
        }

        if (Shapes.Text(schema, "$ref") is { } reference)
        {
            return Value(root["$defs"]?[reference["#/$defs/".Length..]], nesting + 1);
        }

        if (schema.ContainsKey("const") || schema.ContainsKey("default"))
        {
            return (schema["const"] ?? schema["default"])?.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } listed)
        {
            return listed[0]?.DeepClone();
        }

        var branch = (Shapes.Array(schema, "oneOf") ?? Shapes.Array(schema, "anyOf"))?.FirstOrDefault();
        var type = schema["type"] is JsonArray types ? types.Select(Shapes.Text).FirstOrDefault() : Shapes.Text(schema, "type");
        return type switch
        {
            "object" => Object(schema, branch, nesting),
            "array" => List(schema, nesting),
            "integer" or "number" => Number(schema),
            "boolean" => true,
            "null" => null,
            "string" when Shapes.Text(schema, "pattern") is { } pattern => PatternExample.Of(pattern, Text(schema)),
            "string" => Text(schema),
            _ when schema.ContainsKey("properties") || schema.ContainsKey("allOf") => Object(schema, branch, nesting),
            _ when branch is not null => Value(branch, nesting + 1),
            _ => "x",
        };
    }

    private JsonObject Object(JsonObject schema, JsonNode? branch, int nesting)
    {
        var made = new JsonObject();
        foreach (var part in (Shapes.Array(schema, "allOf") ?? []).Append(branch))
        {
            if (part is JsonObject && Value(part, nesting + 1) is JsonObject members)
            {
                foreach (var (name, value) in members)
                {
                    made[name] = value?.DeepClone();
                }
            }
        }

        foreach (var name in Shapes.Texts(schema, "required"))
        {
            if (schema["properties"]?[name] is { } property)
            {
                made[name] = Value(property, nesting + 1);
            }
        }

        return made;
    }

    private JsonArray List(JsonObject schema, int nesting)
    {
        var least = schema["minItems"] is JsonValue given && given.TryGetValue(out int count) && count is > 0 and <= 10 ? count : 0;
        return new([.. Enumerable.Range(0, least).Select(_ => Value(schema["items"], nesting + 1))]);
    }

    private static JsonNode Number(JsonObject schema)
    {
        decimal? Bound(string name) => schema[name] is JsonValue value && value.GetValueKind() is JsonValueKind.Number
            && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        var made = Bound("minimum") is { } least ? Math.Max(least, 1) : Bound("exclusiveMinimum") is { } below ? Math.Max(below + 1, 1) : 1;
        made = Bound("maximum") is { } most ? Math.Min(made, most) : made;
        return Bound("multipleOf") is { } step and > 0 ? Math.Ceiling(made / step) * step : made;
    }

    private static string Text(JsonObject schema) => Shapes.Text(schema, "format") switch
    {
        "date-time" => "2026-01-01T12:00:00Z",
        "date" => "2026-01-01",
        "time" => "12:00:00Z",
        "duration" => "P1D",
        "email" or "idn-email" => "ada@example.com",
        "hostname" or "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "uri" or "iri" => "https://example.com/x",
        "uri-reference" or "iri-reference" or "uri-template" or "json-pointer" => "/x",
        "relative-json-pointer" => "0",
        _ => "example".PadRight(schema["minLength"] is JsonValue value && value.TryGetValue(out int least) ? Math.Clamp(least, 0, 500) : 0, 'x') is var text
            && schema["maxLength"] is JsonValue top && top.TryGetValue(out int most) && most < text.Length && most >= 0 ? text[..most] : text,
    };
}
