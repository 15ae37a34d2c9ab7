using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// Writes a schema out for clients, every reference in its place. What would have no end, or is larger than a client should read, is left open; and a keyword that would refuse more because
/// a schema in it was opened, such as <c>not</c>, is left out. So nothing is refused that the schema itself would take.
/// </summary>
internal sealed class SchemaPublisher
{
    private const int MostSchemas = 2_000;

    // Clients stop reading at 64 levels, and a tool's description is around a schema.
    private const int MostLevels = 56;
    private const int Deepest = 64;
    private const int Shallowest = 8;

    private static readonly string[] InPlace = ["allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"];
    private static readonly string[] Annotations = ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"];

    private readonly HashSet<JsonSchema> above = [];
    private readonly int most;
    private int schemas;

    private SchemaPublisher(int most) => this.most = most;

    /// <summary>What is published, and whether it takes just what the schema takes.</summary>
    public static (JsonElement Schema, bool IsExact) Publish(JsonSchema schema)
    {
        var deepest = Deepest;
        Written written;
        do
        {
            written = new SchemaPublisher(deepest).Write(schema, isRoot: true);
            deepest /= 2;
        }
        while (deepest >= Shallowest && Levels(written.Node) > MostLevels);

        return (CanonicalJson.Of(written.Node).Root, written.IsExact);
    }

    private Written Write(JsonSchema schema, bool isRoot = false)
    {
        if (schema.Source.ValueKind is not JsonValueKind.Object)
        {
            return new(JsonValue.Create(!schema.IsNothing), true, true);
        }

        if (++schemas > MostSchemas || above.Count >= most || !above.Add(schema))
        {
            return new(JsonValue.Create(true), false, false);
        }

        var written = new JsonObject();
        var (isExact, isSeen) = (true, true);
        foreach (var keyword in schema.Source.EnumerateObject().Where(keyword => !keyword.Name.StartsWith('$') && !keyword.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            var (isKeywordExact, isKeywordSeen) = WriteKeyword(schema, keyword, written);
            (isExact, isSeen) = (isExact && isKeywordExact, isSeen && isKeywordSeen);
        }

        foreach (var reference in schema.Parts.Where(part => part.Keyword is "$ref" or "$dynamicRef"))
        {
            var (isTargetExact, isTargetSeen) = WriteReference(written, reference.Schema);
            (isExact, isSeen) = (isExact && isTargetExact, isSeen && isTargetSeen);
        }

        if (isSeen)
        {
            isExact &= WriteUnevaluated(schema, written);
            Close(schema, written, isRoot);
        }

        above.Remove(schema);
        return new(written, isExact && isSeen, isSeen);
    }

    private (bool IsExact, bool IsSeen) WriteKeyword(JsonSchema schema, JsonProperty keyword, JsonObject written)
    {
        var parts = schema.Parts.Where(part => part.Keyword == keyword.Name).Select(part => (part.Name, Written: Write(part.Schema))).ToArray();
        var nodes = parts.Select(part => part.Written.Node);
        var isExact = parts.All(part => part.Written.IsExact);
        var isSeen = !InPlace.Contains(keyword.Name, StringComparer.Ordinal) || parts.All(part => part.Written.IsSeen);
        switch (keyword.Name)
        {
            case "properties" or "patternProperties" or "dependentSchemas":
                written[keyword.Name] = new JsonObject(parts.Select(part => KeyValuePair.Create(part.Name, (JsonNode?)part.Written.Node)));
                return (isExact, isSeen);
            case "allOf" or "anyOf" or "prefixItems":
                AddList(written, keyword.Name, nodes);
                return (isExact, isSeen);
            case "oneOf":
                AddList(written, isExact ? "oneOf" : "anyOf", nodes);
                return (isExact, isSeen);
            case "additionalProperties" or "items" or "propertyNames" or "contains":
                written[keyword.Name] = nodes.Single();
                return (isExact, isSeen);
            case "not":
                if (isExact)
                {
                    written["not"] = nodes.Single();
                }

                return (isExact, true);
            case "if":
                return isExact && isSeen ? WriteIf(schema, written, nodes.Single()) : (false, false);
            case "maxContains" when schema.Parts.Where(part => part.Keyword == "contains").Any(part => !Write(part.Schema).IsExact):
                return (false, true);
            case "then" or "else" or "unevaluatedProperties" or "unevaluatedItems" or "contentSchema":
                return (true, true);
            default:
                written[keyword.Name] = Node(keyword.Value);
                return (true, true);
        }
    }

    private (bool IsExact, bool IsSeen) WriteIf(JsonSchema schema, JsonObject written, JsonNode condition)
    {
        written["if"] = condition;
        var (isExact, isSeen) = (true, true);
        foreach (var branch in schema.Parts.Where(part => part.Keyword is "then" or "else"))
        {
            (written[branch.Keyword], var isBranchExact, var isBranchSeen) = Write(branch.Schema);
            (isExact, isSeen) = (isExact && isBranchExact, isSeen && isBranchSeen);
        }

        return (isExact, isSeen);
    }

    // Beside nothing but annotations the target takes the reference's place; beside more it is one more that must fit.
    private (bool IsExact, bool IsSeen) WriteReference(JsonObject written, JsonSchema target)
    {
        var (node, isExact, isSeen) = Write(target);
        if (node is JsonObject inlined && written.All(keyword => Annotations.Contains(keyword.Key, StringComparer.Ordinal)))
        {
            foreach (var (name, value) in inlined.Where(keyword => !written.ContainsKey(keyword.Key)).ToArray())
            {
                written[name] = value?.DeepClone();
            }
        }
        else if (isExact || node is JsonObject)
        {
            AddList(written, "allOf", [node]);
        }

        return (isExact, isSeen);
    }

    private bool WriteUnevaluated(JsonSchema schema, JsonObject written)
    {
        var isExact = true;
        foreach (var part in schema.Parts.Where(part => part.Keyword is "unevaluatedProperties" or "unevaluatedItems"))
        {
            (written[part.Keyword], var isPartExact, _) = Write(part.Schema);
            isExact &= isPartExact;
        }

        return isExact;
    }

    private static void Close(JsonSchema schema, JsonObject written, bool isRoot)
    {
        // Where a reference's target was written in its place, that one says what of other names, maybe.
        var isFlat = !InPlace.Any(written.ContainsKey) && !written.ContainsKey("unevaluatedProperties");
        if (schema.IsClosed)
        {
            written.TryAdd(isFlat ? "additionalProperties" : "unevaluatedProperties", false);
        }
        else if (isRoot && isFlat && schema.Shape.IsObject && !schema.IsSealed)
        {
            written.TryAdd("additionalProperties", true);
        }
    }

    private static void AddList(JsonObject written, string keyword, IEnumerable<JsonNode> nodes)
    {
        if (keyword != "allOf" && written.ContainsKey(keyword))
        {
            AddList(written, "allOf", [new JsonObject { [keyword] = new JsonArray([.. nodes]) }]);
            return;
        }

        if (written[keyword] is not JsonArray list)
        {
            written[keyword] = list = [];
        }

        foreach (var node in nodes.ToArray())
        {
            list.Add(node);
        }
    }

    private static int Levels(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Select(member => Levels(member.Value)).DefaultIfEmpty().Max(),
        JsonArray items => 1 + items.Select(Levels).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = CanonicalLimits.Composed.Depth });

    /// <summary>A schema written out.</summary>
    /// <param name="Node">What was written.</param>
    /// <param name="IsExact">Whether it takes just what the schema takes, and not more.</param>
    /// <param name="IsSeen">Whether it looks at all names and items that the schema looks at.</param>
    private sealed record Written(JsonNode Node, bool IsExact, bool IsSeen);
}
