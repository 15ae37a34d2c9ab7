using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Turns the request body of an operation into arguments: its members where it is a plain object, else the body as one.</summary>
internal sealed class BodyReader(References references, SchemaTranslator translator, ArgumentBook arguments, Findings findings)
{
    private static readonly string[] Plain = ["type", "properties", "required", "description", "title", "example", "examples", "additionalProperties", "deprecated", "externalDocs", "xml", "default"];

    /// <summary>The <c>body</c> of the request; null where the arguments that stand nowhere else are it.</summary>
    public JsonNode? Body { get; private set; }

    public void Read(Operation operation)
    {
        if (operation.Body?["requestBody"] is not { } raw)
        {
            return;
        }

        if (references.Follow(raw, out var why, out _) is not JsonObject body)
        {
            findings.Stop(why ?? "its request body is no mapping");
            return;
        }

        var isRequired = Shapes.IsTrue(body, "required");
        if (operation.Method is "GET" or "HEAD" or "DELETE")
        {
            if (isRequired)
            {
                findings.Stop($"it needs a body, and {operation.Method} carries none here");
            }
            else
            {
                findings.Note("body", $"The optional body is left out: {operation.Method} carries none here.");
            }

            return;
        }

        if (Json(body) is { } media)
        {
            ReadJson(media, isRequired);
        }
    }

    private JsonNode? Json(JsonObject body)
    {
        (string Type, JsonNode? Media)[] all = [.. Shapes.Members(body, "content").Select(entry => (entry.Key, entry.Value))];
        var json = Array.Find(all, entry => IsJson(entry.Type));
        var others = all.Where(entry => entry.Type != json.Type).Select(entry => entry.Type).ToArray();
        if (json.Type is null)
        {
            findings.Stop(all.Length == 0 ? "its body has no content" : $"it takes {string.Join(" or ", others.Take(4))}, and only application/json is sent");
            return null;
        }

        if (others.Length > 0)
        {
            findings.Note("body", $"It also takes {string.Join(", ", others.Take(4))}; only application/json is sent.");
        }

        return json.Media;
    }

    private static bool IsJson(string type) => type.Split(';')[0].Trim().ToLowerInvariant() is "application/json" or "*/*" or "application/*";

    private void ReadJson(JsonNode? media, bool isRequired)
    {
        if (media?["schema"] is not { } schema)
        {
            findings.Note("body", "The body has no schema, and is taken for any JSON.");
            schema = new JsonObject();
        }

        var example = media?["example"] ?? Shapes.Members(media, "examples").Select(e => references.Follow(e.Value, out _, out _)).OfType<JsonObject>().FirstOrDefault()?["value"];
        if (references.Follow(schema, out _, out _) is JsonObject whole && IsFlat(schema, whole))
        {
            ReadMembers(whole, isRequired, example);
            return;
        }

        var translated = translator.Translate(schema);
        var argument = arguments.Add("body", translated, isRequired);
        arguments.Examples[argument] = example ?? references.Follow(schema, out _, out _)?["example"];
        Body = $"{{{argument}}}";
    }

    private void ReadMembers(JsonObject whole, bool isRequired, JsonNode? example)
    {
        // Translated as a whole first, so that what is only read goes, and is told, once.
        var translated = (JsonObject)translator.Translate(whole);
        var required = Shapes.Texts(translated, "required").ToHashSet(StringComparer.Ordinal);
        var mapping = new JsonObject();
        var isRenamed = false;
        foreach (var (name, schema) in Shapes.Members(translated, "properties").ToArray())
        {
            var argument = arguments.Add(name, schema!.DeepClone(), required.Remove(name));
            arguments.Examples[argument] = (example as JsonObject)?[name] ?? references.Follow(whole["properties"]?[name], out _, out _)?["example"];
            mapping[name] = $"{{{argument}}}";
            isRenamed |= argument != name;
        }

        foreach (var name in required)
        {
            findings.Stop($"its body requires `{name}`, which it does not declare");
        }

        if (!isRequired && Shapes.Texts(translated, "required").Any())
        {
            findings.Note("body", "The API lets the body be left out; here its required members are always asked for.");
        }

        if (isRenamed)
        {
            Body = mapping;
        }
    }

    // Only what is nothing but an object with members can be taken apart without losing a condition over the whole.
    private static bool IsFlat(JsonNode schema, JsonObject whole) =>
        Shapes.Text(whole, "type") == "object" && Shapes.Object(whole, "properties") is { Count: > 0 }
        && (whole["additionalProperties"] is null || Shapes.IsFalse(whole, "additionalProperties"))
        && whole.All(member => Plain.Contains(member.Key, StringComparer.Ordinal) || member.Key.StartsWith("x-", StringComparison.Ordinal))
        && (schema == whole || schema is JsonObject { Count: 1 });
}
