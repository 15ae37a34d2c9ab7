using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>What schemas of OpenAPI say in words of its own, said in those of JSON Schema once the schema is translated.</summary>
internal static class OpenApiWords
{
    /// <summary>Bounds whose meaning hangs on others, whatever the order in the document: exclusive ones that are flags, and those of <c>int32</c>.</summary>
    public static void Bound(JsonObject made, JsonObject raw)
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

    /// <summary>With a discriminator a value names its branch; so each branch is held to the names that it goes by.</summary>
    public static void Discriminate(JsonObject made, JsonObject raw, Findings findings)
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
            findings.Note("discriminator", $"The discriminator `{Spelling.Cut(property)}` stands where there are no branches to tell apart, and narrows nothing.");
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

    /// <summary>Null is another type; where more than the type would refuse it, it is a branch of its own.</summary>
    public static JsonObject Nullable(JsonObject made)
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
}
