using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// A JSON Schema (draft 2020-12), compiled once; every keyword in it is enforced or known to be an annotation, because a schema with any other is not loaded.
/// Beside the standard it knows <c>x-sensitive: true</c>: the value is sealed at rest and masked wherever it would be shown.
/// </summary>
internal sealed class JsonSchema
{
    private readonly JsonElement source;
    private readonly SchemaShape shape;
    private readonly ImmutableArray<SchemaKeyword> keywords;

    internal JsonSchema(JsonElement source, SchemaShape shape, ImmutableArray<SchemaKeyword> keywords)
    {
        this.source = source;
        this.shape = shape;
        this.keywords = keywords;
        HoldsSensitive = shape.IsSensitive || Children.Any(child => child.HoldsSensitive);
    }

    /// <summary>The types that <c>type</c> names, or null where any is allowed.</summary>
    public ImmutableArray<string>? Types => shape.Types;

    /// <summary>The declared properties, sorted by name.</summary>
    public ImmutableSortedDictionary<string, JsonSchema> Properties => shape.Properties;

    /// <summary>The names that must be there.</summary>
    public ImmutableSortedSet<string> Required => shape.Required;

    /// <summary>The schema of every array item, or null where any is allowed.</summary>
    public JsonSchema? Items => shape.Items;

    /// <summary>Whether undeclared properties are allowed at all.</summary>
    public bool AdditionalAllowed => shape.AdditionalAllowed;

    /// <summary>The schema of undeclared properties, or null where any or none are allowed.</summary>
    public JsonSchema? Additional => shape.Additional;

    /// <summary>The values of <c>enum</c>, or null.</summary>
    public ImmutableArray<JsonElement>? EnumValues => shape.EnumValues;

    /// <summary>The value of <c>const</c>, or null.</summary>
    public JsonElement? Const => shape.Const;

    /// <summary>The bound, or null.</summary>
    public JsonElement? Minimum => shape.Minimum;

    /// <summary>The bound, or null.</summary>
    public JsonElement? Maximum => shape.Maximum;

    /// <summary>The bound, or null.</summary>
    public JsonElement? ExclusiveMinimum => shape.ExclusiveMinimum;

    /// <summary>The bound, or null.</summary>
    public JsonElement? ExclusiveMaximum => shape.ExclusiveMaximum;

    /// <summary>The most elements of a list; null if there is no bound.</summary>
    public long? MaxItems => shape.MaxItems;

    /// <summary>The most code points of a text; null if there is no bound.</summary>
    public long? MaxLength => shape.MaxLength;

    /// <summary>The most members of an object; null if there is no bound.</summary>
    public long? MaxProperties => shape.MaxProperties;

    /// <summary>The bounds that are set of <c>minLength maxLength minItems maxItems minProperties maxProperties</c>.</summary>
    public ImmutableSortedDictionary<string, long> Sizes => shape.Sizes;

    /// <summary>The asserted format, or null.</summary>
    public string? Format => shape.Format;

    /// <summary>What people call it, or null.</summary>
    public string? Title => shape.Title;

    /// <summary>What it is for, or null.</summary>
    public string? Description => shape.Description;

    /// <summary>The value of <c>default</c>, which fits this schema, or null.</summary>
    public JsonElement? Default => shape.Default;

    /// <summary>Whether the value, with everything in it, must not be shown.</summary>
    public bool IsSensitive => shape.IsSensitive;

    /// <summary>Whether this or anything below is sensitive.</summary>
    public bool HoldsSensitive { get; }

    private IEnumerable<JsonSchema> Children
    {
        get
        {
            IEnumerable<JsonSchema?> all = [.. shape.Properties.Values, shape.Items, shape.Additional];
            return all.OfType<JsonSchema>();
        }
    }

    /// <summary>Compiles a schema, or says everything that is wrong with it.</summary>
    public static SchemaLoad Compile(JsonElement schema, SchemaOptions options) => SchemaCompiler.Compile(schema, options);

    /// <summary>What is wrong with the value, the most useful first, at most ten; empty means that it fits.</summary>
    public ImmutableArray<Problem> Validate(CanonicalJson value) => Validate(value.Root);

    /// <summary>The same for a part of a canonical document; numbers and equality rely on its canonical text.</summary>
    public ImmutableArray<Problem> Validate(JsonElement canonical)
    {
        var inspection = new Inspection();
        Check(canonical, Place.Top, inspection);
        return inspection.Problems;
    }

    /// <summary>Where sensitive values stand: JSON Pointers into an instance, with <c>*</c> for any item and any undeclared property.</summary>
    public IEnumerable<string> SensitivePointers()
    {
        if (IsSensitive)
        {
            return [""];
        }

        return shape.Properties.SelectMany(p => p.Value.SensitivePointers().Select(below => Pointer.Join(p.Key) + below))
            .Concat((shape.Items?.SensitivePointers() ?? []).Concat(shape.Additional?.SensitivePointers() ?? []).Select(below => "/*" + below))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>The schema as clients see it: without identifiers, extensions and comments, with the effective <c>additionalProperties</c> written out, in canonical order.</summary>
    public JsonElement Publish() => CanonicalJson.Of(Published()).Root;

    /// <summary>A copy of the value with <c>***</c> in place of every sensitive value, and of whatever stands where the schema cannot tell.</summary>
    public CanonicalJson Mask(CanonicalJson value) => HoldsSensitive ? CanonicalJson.Of(Masked(value.Root)) : value;

    internal void Check(JsonElement instance, Place place, Inspection inspection)
    {
        var here = IsSensitive ? place.Hidden() : place;
        foreach (var keyword in keywords)
        {
            keyword.Check(instance, here, inspection);
        }
    }

    private JsonNode? Published()
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            return Node(source);
        }

        var published = new JsonObject();
        foreach (var keyword in source.EnumerateObject())
        {
            if (!keyword.Name.StartsWith('$') && !keyword.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                published[keyword.Name] = keyword.Name switch
                {
                    "properties" => new JsonObject(shape.Properties.Select(p => KeyValuePair.Create(p.Key, p.Value.Published()))),
                    "items" => shape.Items!.Published(),
                    _ => Node(keyword.Value),
                };
            }
        }

        if (shape.IsObject)
        {
            published["additionalProperties"] = shape.Additional?.Published() ?? JsonValue.Create(shape.AdditionalAllowed);
        }

        return published;
    }

    // Invariant: only what the schema places outside every sensitive part is shown; what does not fit its shape is masked.
    private JsonNode? Masked(JsonElement value)
    {
        if (IsSensitive)
        {
            return "***";
        }

        if (!HoldsSensitive)
        {
            return Node(value);
        }

        if (shape.Types is { } types && !types.Any(type => TypeKeyword.Is(type, value)))
        {
            return "***";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, MaskedProperty(p)))),
            JsonValueKind.Array when shape.Items is { } items => new JsonArray([.. value.EnumerateArray().Select(items.Masked)]),
            _ => Node(value),
        };
    }

    private JsonNode? MaskedProperty(JsonProperty property) => (shape.Properties.GetValueOrDefault(property.Name) ?? shape.Additional) is { } schema
        ? schema.Masked(property.Value)
        : shape.AdditionalAllowed ? Node(property.Value) : "***";

    private static JsonNode? Node(JsonElement element) => element.ValueKind == JsonValueKind.Null
        ? null
        : JsonNode.Parse(element.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = CanonicalLimits.Composed.Depth });
}
