using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Turns the parameters of an operation into arguments, and into where they stand in the request.</summary>
internal sealed class ParameterReader(References references, SchemaTranslator translator, ArgumentBook arguments, Findings findings)
{
    private static readonly string[] Scalars = ["string", "integer", "number", "boolean"];
    private static readonly string[] Theirs = ["accept", "content-type", "authorization"];

    /// <summary>Path parameters: what the document calls them, and the argument.</summary>
    public Dictionary<string, string> InPath { get; } = new(StringComparer.Ordinal);

    /// <summary>The <c>query</c> of the request.</summary>
    public JsonObject Query { get; } = [];

    /// <summary>The <c>headers</c> of the request.</summary>
    public JsonObject Headers { get; } = [];

    /// <summary>The header that carries an idempotency key, or null.</summary>
    public string? IdempotencyHeader { get; private set; }

    /// <summary>Reads those of the path and of the operation itself, which come before.</summary>
    public void Read(Operation operation)
    {
        var all = new Dictionary<(string Place, string Name), JsonObject>();
        foreach (var raw in (Shapes.Array(operation.Item, "parameters") ?? []).Concat(Shapes.Array(operation.Body, "parameters") ?? []))
        {
            if (references.Follow(raw, out var why, out _) is JsonObject parameter && Shapes.Text(parameter, "name") is { Length: > 0 } name && Shapes.Text(parameter, "in") is { } place)
            {
                all[(place, name)] = parameter;
            }
            else
            {
                findings.Stop(why ?? "a parameter of it has no name or no place");
            }
        }

        foreach (var ((place, name), parameter) in all)
        {
            ReadOne(place, name, parameter);
        }
    }

    private void ReadOne(string place, string name, JsonObject parameter)
    {
        if (Complaint(place, name, parameter) is { } complaint)
        {
            LeaveOut(name, place, parameter, complaint);
            return;
        }

        if (place == "header" && string.Equals(name, "idempotency-key", StringComparison.OrdinalIgnoreCase))
        {
            IdempotencyHeader = name;
            findings.Note("idempotency", $"The header `{name}` is no argument: the server puts the step's id there. The window of 24h is a guess.");
            return;
        }

        var schema = Schema(name, place, parameter);
        if (schema is null)
        {
            return;
        }

        if (Shapes.Text(parameter, "description") is { } description && schema is JsonObject described && !described.ContainsKey("description") && Spelling.Prose(description, 600, out _) is { Length: > 0 } prose)
        {
            described["description"] = prose;
        }

        var isRequired = place == "path" || Shapes.IsTrue(parameter, "required");
        var argument = arguments.Add(name, schema, isRequired);
        arguments.Examples[argument] = parameter["example"] ?? (Shapes.Members(parameter, "examples").Select(e => references.Follow(e.Value, out _, out _)).OfType<JsonObject>().FirstOrDefault()?["value"]);
        switch (place)
        {
            case "path":
                InPath[name] = argument;
                break;
            case "query":
                Query[name] = $"{{{argument}}}";
                break;
            default:
                Headers[name] = $"{{{argument}}}";
                break;
        }
    }

    // Why it cannot be an argument, or null.
    private string? Complaint(string place, string name, JsonObject parameter)
    {
        if (place is not ("path" or "query" or "header"))
        {
            return place == "cookie" ? "cookies are not sent" : $"`{place}` is no place that is known";
        }

        if (place == "header" && Theirs.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return "OpenAPI passes over parameters of that name";
        }

        if (parameter.ContainsKey("content"))
        {
            return "its value is a document of its own (`content`)";
        }

        var style = Shapes.Text(parameter, "style") ?? (place == "query" ? "form" : "simple");
        if (style != (place == "query" ? "form" : "simple"))
        {
            return $"its style is `{style}`";
        }

        var types = translator.Types.Of(parameter["schema"])?.Where(type => type != "null").ToArray() ?? [];
        if (types.Contains("object", StringComparer.Ordinal))
        {
            return "it is an object";
        }

        if (!types.Contains("array", StringComparer.Ordinal))
        {
            return null;
        }

        var items = references.Follow(parameter["schema"], out _, out _)?["items"];
        var isPlain = translator.Types.Of(items) is not { } inner || inner.All(type => Scalars.Contains(type, StringComparer.Ordinal));
        return types.Length > 1 ? "it is a list or something else"
            : place != "query" ? "it is a list"
            : Shapes.IsFalse(parameter, "explode") ? "it is a list in one value, joined by commas (`explode: false`)"
            : isPlain ? null
            : "it is a list of lists, objects or null";
    }

    private void LeaveOut(string name, string place, JsonObject parameter, string complaint)
    {
        if (place == "header" && Theirs.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            findings.Note("parameter", $"The header parameter `{name}` is left out: {complaint}.");
        }
        else if (place == "path" || Shapes.IsTrue(parameter, "required"))
        {
            findings.Stop($"it needs the {place} parameter `{name}`, and {complaint}");
        }
        else
        {
            findings.Note("parameter", $"The {place} parameter `{name}` is left out: {complaint}.");
        }
    }

    private JsonObject? Schema(string name, string place, JsonObject parameter)
    {
        // What stands in an address or a header has its type before everything else, so no reference is in the way of it.
        var raw = references.Follow(parameter["schema"], out var why, out _);
        if (why is not null)
        {
            findings.Stop(why);
            return null;
        }

        var schema = translator.Translate(raw ?? new JsonObject()) as JsonObject ?? [];
        if (schema.Remove("x-sensitive") && place != "header")
        {
            LeaveOut(name, place, parameter, "it is a secret (`format: password`), and would stand in the logs of every server on the way");
            return null;
        }
        else if (Shapes.Text(raw, "format") == "password")
        {
            schema["x-sensitive"] = true;
        }

        var types = (translator.Types.Of(raw) ?? []).Where(type => type != "null").Distinct(StringComparer.Ordinal).ToArray();
        if (types.Length == 0)
        {
            types = ["string"];
            findings.Note("type", $"The {place} parameter `{name}` has no type, and is taken for text.");
        }

        schema["type"] = types is [var only] ? only : new JsonArray([.. types.Select(type => (JsonNode)type)]);
        if (schema["enum"] is JsonArray values && values.Any(value => value is null))
        {
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
        }

        if (types is ["array"])
        {
            Items(name, place, raw, schema);
        }

        if (Shapes.IsTrue(parameter, "allowReserved") || Shapes.IsTrue(parameter, "allowEmptyValue"))
        {
            findings.Note("parameter", $"The {place} parameter `{name}` is percent-encoded whole (no `allowReserved`), and left out where it is absent (no `allowEmptyValue`).");
        }

        return schema;
    }

    private void Items(string name, string place, JsonNode? raw, JsonObject schema)
    {
        var inner = references.Follow(raw?["items"], out _, out _);
        var items = inner is null ? [] : translator.Translate(inner) as JsonObject ?? [];
        if (translator.Types.Of(inner) is not { Count: > 0 } types)
        {
            types = ["string"];
            findings.Note("type", $"The values of the {place} parameter `{name}` have no type, and are taken for text.");
        }

        items["type"] = types.Count == 1 ? types.First() : new JsonArray([.. types.Select(type => (JsonNode)type)]);
        items.Remove("x-sensitive");
        schema["items"] = items;
    }
}
