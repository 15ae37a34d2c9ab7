using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>The keywords of JSON Schema draft 2020-12 by vocabulary, and the meta-schemas that declare them.</summary>
internal static class Vocabularies
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private const string Base = "https://json-schema.org/draft/2020-12/vocab/";

    private static readonly string[] Core = ["$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment", "$defs"];

    private static readonly ImmutableDictionary<string, string[]> ByUri = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Base + "core"] = Core,
        [Base + "applicator"] =
        [
            "prefixItems", "items", "contains", "additionalProperties", "properties", "patternProperties", "dependentSchemas", "propertyNames", "if", "then", "else", "allOf", "anyOf", "oneOf", "not",
        ],
        [Base + "unevaluated"] = ["unevaluatedItems", "unevaluatedProperties"],
        [Base + "validation"] =
        [
            "type", "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems",
            "maxContains", "minContains", "maxProperties", "minProperties", "required", "dependentRequired",
        ],
        [Base + "meta-data"] = ["title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"],
        [Base + "format-annotation"] = ["format"],
        [Base + "format-assertion"] = ["format"],
        [Base + "content"] = ["contentEncoding", "contentMediaType", "contentSchema"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Every keyword of the standard, and those of our own.</summary>
    public static readonly ImmutableHashSet<string> All = [.. ByUri.Values.SelectMany(keywords => keywords), "x-sensitive"];

    private static readonly Lazy<ImmutableDictionary<string, JsonElement>> Known = new(ReadMetaSchemas);

    /// <summary>The meta-schemas of draft 2020-12 by URI: references to them lead nowhere else.</summary>
    public static ImmutableDictionary<string, JsonElement> MetaSchemas => Known.Value;

    /// <summary>The keywords of the vocabularies that a meta-schema declares; null if one that it requires is not known.</summary>
    public static ImmutableHashSet<string>? Of(JsonElement metaSchema)
    {
        if (metaSchema.ValueKind is not JsonValueKind.Object || !metaSchema.TryGetProperty("$vocabulary", out var declared) || declared.ValueKind is not JsonValueKind.Object)
        {
            return All;
        }

        var keywords = Core.ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var vocabulary in declared.EnumerateObject())
        {
            if (ByUri.TryGetValue(vocabulary.Name, out var known))
            {
                keywords = keywords.Union(known);
            }
            else if (vocabulary.Value.ValueKind is JsonValueKind.True)
            {
                return null;
            }
        }

        return keywords;
    }

    private static ImmutableDictionary<string, JsonElement> ReadMetaSchemas()
    {
        var assembly = typeof(Vocabularies).Assembly;
        var found = ImmutableDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("MetaSchemas/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var document = JsonDocument.Parse(stream);
            CanonicalJson.From(document.RootElement).TryGet(out var metaSchema, out _);
            found.Add(metaSchema!.Root.GetProperty("$id").GetString()!, metaSchema.Root);
        }

        return found.ToImmutable();
    }
}
