using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Tells which types the values of a schema can have.</summary>
/// <param name="references">The document.</param>
internal sealed class SchemaTypes(References references)
{
    private const int MostNesting = 24;
    private const int MostQuestions = 20_000;

    private int questions;

    /// <summary>The types that a value can have, or null if the schema does not say.</summary>
    public IReadOnlyCollection<string>? Of(JsonNode? raw) => Of(raw, 0);

    private IReadOnlyCollection<string>? Of(JsonNode? raw, int hops)
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
                var all = branches.Select(branch => Of(branch, hops + 1)).ToArray();
                return Array.Exists(all, one => one is null) ? null : [.. all.SelectMany(one => one!).Distinct(StringComparer.Ordinal)];
            }
        }

        return (schema["allOf"] as JsonArray)?.Select(part => Of(part, hops + 1)).FirstOrDefault(one => one is not null);
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
}
