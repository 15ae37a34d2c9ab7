using System.Collections.Frozen;

namespace Touchstage.Mcp.Imports;

/// <summary>The keywords of schemas, by what stands under them.</summary>
internal static class SchemaWords
{
    /// <summary>A schema.</summary>
    public static readonly FrozenSet<string> OneSchema = Set("not", "if", "then", "else", "contains", "propertyNames", "items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties");

    /// <summary>A list of schemas.</summary>
    public static readonly FrozenSet<string> SchemaList = Set("allOf", "anyOf", "oneOf", "prefixItems");

    /// <summary>Schemas by name.</summary>
    public static readonly FrozenSet<string> SchemaMap = Set("properties", "patternProperties", "dependentSchemas");

    /// <summary>Values without which the schema would mean another thing.</summary>
    public static readonly FrozenSet<string> Essential = Set("type", "enum", "const", "required", "dependentRequired");

    /// <summary>Values that narrow or explain: without one, more is taken here than by the API itself.</summary>
    public static readonly FrozenSet<string> Narrowing = Set(
        "multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains",
        "maxProperties", "minProperties", "format", "default", "deprecated", "contentEncoding", "contentMediaType");

    /// <summary>What says nothing of which values are good, and is of no use to a model.</summary>
    public static readonly FrozenSet<string> Remarks = Set("title", "example", "examples", "xml", "externalDocs", "$comment", "$schema", "contentSchema");

    /// <summary>Where definitions are kept: what is used of them is found through references.</summary>
    public static readonly FrozenSet<string> Stores = Set("$defs", "definitions");

    /// <summary>What gives references another meaning than that of a place in the document.</summary>
    public static readonly FrozenSet<string> Scopes = Set("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary");

    /// <summary>The formats that are asserted.</summary>
    public static readonly FrozenSet<string> Formats = Set(
        "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template",
        "json-pointer", "relative-json-pointer", "regex");

    /// <summary>Formats that say how a number is kept and nothing of its value.</summary>
    public static readonly FrozenSet<string> Sizes = Set("int64", "float", "double", "number", "integer", "string", "");

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
