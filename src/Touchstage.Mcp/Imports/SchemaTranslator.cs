using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>
/// Turns schemas of a document into JSON Schema 2020-12 as manifests have it: <c>nullable</c>, exclusive bounds and formats of OpenAPI 3.0, discriminators, and references, which lead
/// to <c>$defs</c> of the same schema. What is lost on the way is told; what cannot be said at all stops the operation.
/// </summary>
/// <param name="references">The document.</param>
/// <param name="isOfVersion30">Whether its schemas are those of OpenAPI 3.0.</param>
/// <param name="use">What they describe.</param>
/// <param name="findings">What comes up.</param>
/// <param name="mostReferences">How many references may lie one inside the other; what lies deeper is left undescribed.</param>
internal sealed class SchemaTranslator(References references, bool isOfVersion30, SchemaUse use, Findings findings, int mostReferences = int.MaxValue)
{
    private const int MostSchemas = 6_000;
    private const int MostNesting = 24;
    private const int MostDescription = 600;
    private const int MostQuestions = 20_000;

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private int schemas;
    private int depth;
    private int questions;

    /// <summary>What references lead to, by the names that <c>$ref</c> has for them; to stand under <c>$defs</c> of the root.</summary>
    public JsonObject Definitions { get; } = [];

    /// <summary>Translates a schema.</summary>
    /// <param name="raw">As it stands in the document.</param>
    /// <param name="nesting">How many schemas are around it, without references.</param>
    /// <param name="isBranch">Whether others apply to the same value.</param>
    public JsonNode Translate(JsonNode? raw, int nesting = 0, bool isBranch = false)
    {
        if (++schemas > MostSchemas || nesting > MostNesting)
        {
            findings.Stop(schemas > MostSchemas ? $"its schema has more than {MostSchemas} schemas in it" : $"its schema nests deeper than {MostNesting} levels");
            return true;
        }

        if (raw is not JsonObject schema)
        {
            if (raw?.GetValueKind() is JsonValueKind.True or JsonValueKind.False && !isOfVersion30)
            {
                return raw.DeepClone();
            }

            findings.Stop("a schema of it is no mapping");
            return true;
        }

        if (Shapes.Text(schema, "$ref") is not { } reference)
        {
            return Body(schema, nesting, isBranch);
        }

        string[] siblings = [.. schema.Select(member => member.Key).Where(name => name is not "$ref" and not "summary" && !SchemaWords.Remarks.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal))];
        if (siblings.Length == 0 || siblings is ["description"] || isOfVersion30)
        {
            if (isOfVersion30 && siblings.Any(name => name != "description"))
            {
                findings.Note("reference", $"Beside a $ref, OpenAPI 3.0 passes everything over, here: {string.Join(", ", siblings)}.");
            }

            return Reference(reference);
        }

        var beside = (JsonObject)schema.DeepClone();
        beside.Remove("$ref");
        return Body(beside, nesting, isBranch: true) is JsonObject body ? Joined(body, Reference(reference)) : Reference(reference);
    }

    /// <summary>The types that a value can have, or null if the schema does not say.</summary>
    public IReadOnlyCollection<string>? TypesOf(JsonNode? raw, int hops = 0)
    {
        // Branches of branches double with every level.
        if (hops > MostNesting || ++questions > MostQuestions || references.Follow(raw, out _, out _) is not JsonObject schema)
        {
            return null;
        }

        if (schema["type"] is { } type)
        {
            var said = type is JsonArray list ? list.Select(Shapes.Text).OfType<string>() : Shapes.Text(type) is { } one ? [one] : [];
            return [.. said, .. Shapes.IsTrue(schema, "nullable") ? new[] { "null" } : []];
        }

        if (schema["enum"] is JsonArray values)
        {
            return [.. values.Select(KindOf).Distinct(StringComparer.Ordinal)];
        }

        if (schema.ContainsKey("const"))
        {
            return [KindOf(schema["const"])];
        }

        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            if (schema[word] is JsonArray { Count: > 0 } branches)
            {
                var all = branches.Select(branch => TypesOf(branch, hops + 1)).ToArray();
                return Array.Exists(all, one => one is null) ? null : [.. all.SelectMany(one => one!).Distinct(StringComparer.Ordinal)];
            }
        }

        return (schema["allOf"] as JsonArray)?.Select(part => TypesOf(part, hops + 1)).FirstOrDefault(one => one is not null);
    }

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    private JsonNode Reference(string reference)
    {
        if (!names.TryGetValue(reference, out var name))
        {
            if (!references.TryResolve(reference, out var target, out var why))
            {
                findings.Stop(why!);
                return true;
            }

            if (depth >= mostReferences)
            {
                return new JsonObject();
            }

            name = Spelling.Unique(Spelling.Argument(References.NameOf(reference)), taken);
            names.Add(reference, name);
            Definitions[name] = true;
            depth++;
            Definitions[name] = Translate(target);
            depth--;
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private static JsonObject Joined(JsonObject body, JsonNode reference)
    {
        if (reference is JsonObject { Count: 1 } one && one.ContainsKey("$ref"))
        {
            body["$ref"] = one["$ref"]!.DeepClone();
        }

        return body;
    }

    private JsonObject Body(JsonObject raw, int nesting, bool isBranch)
    {
        var made = new JsonObject();
        var leftOut = LeftOut(raw);
        foreach (var (word, value) in raw)
        {
            Member(made, raw, word, value, nesting, leftOut);
        }

        Bounds(made, raw);
        Discriminate(made, raw);
        if (use is SchemaUse.Request && !isBranch && IsFreeForm(made))
        {
            made["additionalProperties"] = true;
            findings.Note("open", "An object without declared members takes any members: declare them, or see to it that rules do not trust it.");
        }

        return Shapes.IsTrue(raw, "nullable") && isOfVersion30 ? Nullable(made) : made;
    }

    private void Member(JsonObject made, JsonObject raw, string word, JsonNode? value, int nesting, IReadOnlyCollection<string> leftOut)
    {
        if (SchemaWords.OneSchema.Contains(word))
        {
            made[word] = value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.DeepClone() : Translate(value, nesting + 1, word is "if" or "then" or "else" or "not");
        }
        else if (SchemaWords.SchemaList.Contains(word))
        {
            made[word] = new JsonArray([.. List(word, value).Select(inner => Translate(inner, nesting + 1, word != "prefixItems"))]);
        }
        else if (SchemaWords.SchemaMap.Contains(word))
        {
            made[word] = Map(word, value, nesting, leftOut);
        }
        else if (SchemaWords.Essential.Contains(word) || SchemaWords.Narrowing.Contains(word))
        {
            Value(made, raw, word, value, leftOut);
        }
        else
        {
            Remark(made, word, value);
        }
    }

    private JsonObject Map(string word, JsonNode? value, int nesting, IReadOnlyCollection<string> leftOut)
    {
        var map = new JsonObject();
        if (value is not JsonObject members)
        {
            findings.Stop($"`{word}` of a schema is no mapping");
            return map;
        }

        foreach (var (name, inner) in members.Where(member => word != "properties" || !leftOut.Contains(member.Key, StringComparer.Ordinal)))
        {
            map[name] = Translate(inner, nesting + 1, word == "dependentSchemas");
        }

        return map;
    }

    private JsonArray List(string word, JsonNode? value)
    {
        if (value is JsonArray list)
        {
            return list;
        }

        findings.Stop($"`{word}` of a schema is no list");
        return [];
    }

    private void Value(JsonObject made, JsonObject raw, string word, JsonNode? value, IReadOnlyCollection<string> leftOut)
    {
        switch (word)
        {
            case "format":
                Format(made, Shapes.Text(value) ?? "");
                return;
            case "required" when value is JsonArray list:
                made[word] = new JsonArray([.. list.Select(Shapes.Text).OfType<string>().Distinct(StringComparer.Ordinal).Where(name => !leftOut.Contains(name, StringComparer.Ordinal)).Select(name => (JsonNode)name)]);
                return;
            case "required":
                findings.Note("required", "`required` of a schema is no list, and was passed over.");
                return;
            case "exclusiveMinimum" or "exclusiveMaximum" when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                return;
            case "enum" or "const" when !ExactNumbers.Hold(value):
                findings.Stop($"`{word}` of a schema holds a number that cannot be kept exactly");
                return;
        }

        if (ExactNumbers.Hold(value))
        {
            made[word] = value?.DeepClone();
        }
        else
        {
            findings.Note("number", $"`{word}: {Short(value)}` cannot be kept exactly, and was left out.");
        }
    }

    private void Remark(JsonObject made, string word, JsonNode? value)
    {
        switch (word)
        {
            case "description" when Shapes.Text(value) is { Length: > 0 } text && Spelling.Prose(text, MostDescription, out _) is { Length: > 0 } prose:
                made[word] = prose;
                return;
            case "$schema" when Shapes.Text(value)?.TrimEnd('#') is not "https://json-schema.org/draft/2020-12/schema" and not "https://spec.openapis.org/oas/3.1/dialect/base":
                findings.Note("keyword", $"A schema asks for the dialect {Short(value)}; it was read as JSON Schema 2020-12.");
                return;
        }

        if (SchemaWords.Scopes.Contains(word))
        {
            findings.Stop($"its schema uses `{word}`");
        }
        else if (word is not ("description" or "nullable" or "readOnly" or "writeOnly" or "discriminator") && !SchemaWords.Remarks.Contains(word) && !SchemaWords.Stores.Contains(word)
            && !word.StartsWith("x-", StringComparison.Ordinal))
        {
            findings.Note("keyword", $"`{Cut(word)}` is no keyword of a schema, and was left out.");
        }
    }

    private void Format(JsonObject made, string format)
    {
        switch (format)
        {
            case "password" when use is SchemaUse.Request:
                made["x-sensitive"] = true;
                break;
            case "byte":
                made["contentEncoding"] = "base64";
                break;
            case "int32" when use is SchemaUse.Request:
                made["format"] = format;
                break;
            default:
                if (SchemaWords.Formats.Contains(format))
                {
                    // OpenAPI means formats as hints, and an answer that does not fit is withheld.
                    if (use is SchemaUse.Request)
                    {
                        made["format"] = format;
                    }
                }
                else if (format is not ("int32" or "password") && !SchemaWords.Sizes.Contains(format))
                {
                    findings.Note("format", $"The format `{Cut(format)}` is not known, and not enforced.");
                }

                break;
        }
    }

    // What is written last: bounds whose meaning hangs on others, whatever the order in the document.
    private static void Bounds(JsonObject made, JsonObject raw)
    {
        foreach (var (bound, exclusive) in new[] { ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum") })
        {
            if (Shapes.IsTrue(raw, exclusive) && made.Remove(bound, out var value))
            {
                made[exclusive] = value;
            }
        }

        if (Shapes.Text(made, "format") == "int32")
        {
            made.Remove("format");
            if (Shapes.Text(made, "type") is "integer" or "number" || made["type"] is JsonArray)
            {
                _ = made.ContainsKey("minimum") || made.ContainsKey("exclusiveMinimum") || made.TryAdd("minimum", int.MinValue);
                _ = made.ContainsKey("maximum") || made.ContainsKey("exclusiveMaximum") || made.TryAdd("maximum", int.MaxValue);
            }
        }
    }

    // With a discriminator a value names its branch; so each branch is held to the names that it goes by.
    private void Discriminate(JsonObject made, JsonObject raw)
    {
        if (Shapes.Text(raw["discriminator"], "propertyName") is not { } property)
        {
            if (raw.ContainsKey("discriminator"))
            {
                findings.Note("discriminator", "A `discriminator` names no property, and was passed over.");
            }

            return;
        }

        var word = raw.ContainsKey("oneOf") ? "oneOf" : "anyOf";
        if (raw[word] is not JsonArray branches || made[word] is not JsonArray translated || branches.Any(branch => Shapes.Text(branch, "$ref") is null))
        {
            findings.Note("discriminator", $"The discriminator `{Cut(property)}` stands where there are no branches to tell apart, and narrows nothing.");
            return;
        }

        var mapping = Shapes.Members(raw["discriminator"], "mapping").Select(entry => (Value: entry.Key, Target: Shapes.Text(entry.Value) ?? "")).ToArray();
        made[word] = new JsonArray([.. branches.Select((branch, index) =>
        {
            var reference = Shapes.Text(branch, "$ref")!;
            string[] values = [.. mapping.Where(entry => entry.Target == reference || entry.Target == References.NameOf(reference)).Select(entry => entry.Value)];
            return (JsonNode)new JsonObject
            {
                ["allOf"] = new JsonArray(translated[index]!.DeepClone()),
                ["properties"] = new JsonObject { [property] = new JsonObject { ["enum"] = new JsonArray([.. (values.Length > 0 ? values : [References.NameOf(reference)]).Select(value => (JsonNode)value)]) } },
                ["required"] = new JsonArray(property),
            };
        })]);
    }

    // Null is another type; where more than the type would refuse it, it is a branch of its own.
    private static JsonObject Nullable(JsonObject made)
    {
        if (Shapes.Text(made, "type") is { } type && !made.ContainsKey("allOf") && !made.ContainsKey("anyOf") && !made.ContainsKey("oneOf") && !made.ContainsKey("not") && !made.ContainsKey("const"))
        {
            made["type"] = new JsonArray(type, "null");
            if (made["enum"] is JsonArray values && values.All(value => value is not null))
            {
                values.Add((JsonNode?)null);
            }

            return made;
        }

        return made.Count == 0 || made["type"] is JsonArray types && types.Any(one => Shapes.Text(one) == "null")
            ? made
            : new JsonObject { ["anyOf"] = new JsonArray(made, new JsonObject { ["type"] = "null" }) };
    }

    private string[] LeftOut(JsonObject raw)
    {
        var flag = use is SchemaUse.Request ? "readOnly" : "writeOnly";
        string[] members = [.. Shapes.Members(raw, "properties").Where(member => Shapes.IsTrue(member.Value, flag) || Shapes.IsTrue(references.Follow(member.Value, out _, out _), flag)).Select(member => member.Key)];
        if (members.Length > 0)
        {
            findings.Note(flag, use is SchemaUse.Request ? $"Never sent, because it is only read: {Listed(members)}." : $"Never answered, because it is only written: {Listed(members)}.");
        }

        return members;
    }

    private static bool IsFreeForm(JsonObject made) =>
        (Shapes.Text(made, "type") == "object" || (made["type"] is JsonArray types && types.Any(type => Shapes.Text(type) == "object")))
        && !made.Any(member => member.Key is "properties" or "patternProperties" or "additionalProperties" or "unevaluatedProperties" or "allOf" or "anyOf" or "oneOf" or "$ref" or "dependentSchemas" or "if" or "enum" or "const");

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(10).Select(name => $"`{Cut(name)}`"));

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static string Short(JsonNode? value) => Cut(value?.ToJsonString() ?? "null");
}
