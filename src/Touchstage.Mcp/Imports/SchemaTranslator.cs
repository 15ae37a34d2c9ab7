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

    private readonly KeywordTranslator keywords = new(use, findings);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private int schemas;
    private int depth;

    /// <summary>What references lead to, by the names that <c>$ref</c> has for them; to stand under <c>$defs</c> of the root.</summary>
    public JsonObject Definitions { get; } = [];

    /// <summary>The types that values of the document's schemas can have.</summary>
    public SchemaTypes Types { get; } = new(references);

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
            Member(made, word, value, nesting, leftOut);
        }

        OpenApiWords.Bound(made, raw);
        OpenApiWords.Discriminate(made, raw, findings);
        if (use is SchemaUse.Request && !isBranch && IsFreeForm(made))
        {
            made["additionalProperties"] = true;
            findings.Note("open", "An object without declared members takes any members: declare them, or see to it that rules do not trust it.");
        }

        return Shapes.IsTrue(raw, "nullable") && isOfVersion30 ? OpenApiWords.Nullable(made) : made;
    }

    private void Member(JsonObject made, string word, JsonNode? value, int nesting, IReadOnlyCollection<string> leftOut)
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
            keywords.Value(made, word, value, leftOut);
        }
        else
        {
            keywords.Remark(made, word, value);
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

    private string[] LeftOut(JsonObject raw)
    {
        var flag = use is SchemaUse.Request ? "readOnly" : "writeOnly";
        string[] members = [.. Shapes.Members(raw, "properties").Where(member => Shapes.IsTrue(member.Value, flag) || Shapes.IsTrue(references.Follow(member.Value, out _, out _), flag)).Select(member => member.Key)];
        if (members.Length > 0)
        {
            findings.Note(flag, use is SchemaUse.Request ? $"Never sent, because it is only read: {Spelling.Listed(members)}." : $"Never answered, because it is only written: {Spelling.Listed(members)}.");
        }

        return members;
    }

    private static bool IsFreeForm(JsonObject made) =>
        (Shapes.Text(made, "type") == "object" || (made["type"] is JsonArray types && types.Any(type => Shapes.Text(type) == "object")))
        && !made.Any(member => member.Key is "properties" or "patternProperties" or "additionalProperties" or "unevaluatedProperties" or "allOf" or "anyOf" or "oneOf" or "$ref" or "dependentSchemas" or "if" or "enum" or "const");
}
