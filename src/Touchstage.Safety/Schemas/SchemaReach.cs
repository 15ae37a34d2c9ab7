using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// Every schema that may be applied to one place of an instance, whichever branches hold there. Secrecy is judged by all of them: what one branch calls sensitive is sensitive, also where
/// another was meant.
/// </summary>
internal sealed class SchemaReach
{
    private const string Masked = "***";
    private const int MostPointers = 1_000;

    private readonly ImmutableArray<JsonSchema> heads;
    private readonly ImmutableArray<JsonSchema> schemas;
    private readonly bool isBelowSensitive;

    private SchemaReach(ImmutableArray<JsonSchema> heads, ImmutableArray<JsonSchema> schemas, bool isBelowSensitive)
    {
        (this.heads, this.schemas, this.isBelowSensitive) = (heads, schemas, isBelowSensitive);
        IsSensitive = isBelowSensitive || heads.Any(schema => schema.IsSensitive);
    }

    /// <summary>Whether the value here must not be shown.</summary>
    public bool IsSensitive { get; }

    /// <summary>Whether anything here or below must not be shown.</summary>
    public bool HoldsSensitive => IsSensitive || heads.Any(schema => schema.HoldsSensitive);

    /// <summary>Whether no schema lists properties or says anything of unlisted ones: an object of whatever members.</summary>
    public bool IsFreeForm => !Parts.Any(part => part.Keyword is "properties" or "patternProperties" || IsOfOthers(part));

    private IEnumerable<SchemaPart> Parts => schemas.SelectMany(schema => schema.Parts);

    /// <summary>What may be applied where these schemas are.</summary>
    public static SchemaReach From(ImmutableArray<JsonSchema> heads, bool isBelowSensitive = false) => new(heads, InPlace(heads, part => part.IsInPlace), isBelowSensitive);

    /// <summary>What may be applied to a property's value.</summary>
    public SchemaReach Property(string name) => Below(schemas.SelectMany(schema => OfProperty(schema, name, isDeclared: false)));

    /// <summary>What may be applied to an item.</summary>
    public SchemaReach Item(int index) => Below(schemas.SelectMany(schema => OfItem(schema, index)));

    /// <summary>The schemas that speak of a property by name, by pattern or of all that are left over; null if none does, or only one that must not fit.</summary>
    public SchemaReach? Declared(string name)
    {
        var declaring = InPlace(heads, part => part.IsInPlace && part.Keyword != "not");
        return Below(declaring.SelectMany(schema => OfProperty(schema, name, isDeclared: true))) is { heads.IsEmpty: false } declared ? declared : null;
    }

    /// <summary>Whether a schema here lists a property of that name.</summary>
    public bool Lists(string name) => Parts.Any(part => part.Keyword == "properties" && part.Name == name);

    /// <summary>All names that are listed here.</summary>
    public ImmutableSortedSet<string> Names() => [.. Parts.Where(part => part.Keyword == "properties").Select(part => part.Name)];

    /// <summary>A copy of a value with <c>***</c> in place of all that must not be shown, and of what stands where no schema tells.</summary>
    public JsonNode? Mask(JsonElement value)
    {
        // Invariant: only what the schemas place outside every sensitive part is shown; what does not fit their shape is masked.
        if (IsSensitive || (HoldsSensitive && heads.Any(schema => schema.Types is { } types && !types.Any(type => TypeKeyword.Is(type, value)))))
        {
            return Masked;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object when HoldsSensitive => new JsonObject(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, MaskProperty(p)))),
            JsonValueKind.Array when HoldsSensitive => new JsonArray([.. value.EnumerateArray().Select((item, index) => Item(index).Mask(item))]),
            _ => Node(value),
        };
    }

    /// <summary>Where sensitive values stand: JSON Pointers with <c>*</c> for any item and any unlisted property.</summary>
    public IEnumerable<string> SensitivePointers()
    {
        var pointers = new List<string>();
        AddSensitivePointers("", [], pointers);
        return pointers.Distinct(StringComparer.Ordinal);
    }

    private void AddSensitivePointers(string here, ImmutableHashSet<JsonSchema> above, List<string> pointers)
    {
        if (!HoldsSensitive)
        {
            return;
        }

        // A schema that comes again has no end, and so the whole of it counts; likewise what is past a number that anyone would read.
        if (IsSensitive || heads.Any(above.Contains) || pointers.Count >= MostPointers)
        {
            pointers.Add(here);
            return;
        }

        var path = above.Union(heads);
        foreach (var name in Names())
        {
            Property(name).AddSensitivePointers(here + Pointer.Exactly(name), path, pointers);
        }

        var rest = Below(Parts.Where(part => !part.IsInPlace && part.Keyword is not ("properties" or "propertyNames")).Select(part => part.Schema));
        rest.AddSensitivePointers(here + "/*", path, pointers);
    }

    private static ImmutableArray<JsonSchema> InPlace(ImmutableArray<JsonSchema> heads, Func<SchemaPart, bool> isIn)
    {
        var all = new List<JsonSchema>(heads);
        var seen = new HashSet<JsonSchema>(heads);
        for (var at = 0; at < all.Count; at++)
        {
            all.AddRange(all[at].Parts.Where(part => isIn(part) && seen.Add(part.Schema)).Select(part => part.Schema));
        }

        return [.. all];
    }

    private static IEnumerable<JsonSchema> OfProperty(JsonSchema schema, string name, bool isDeclared)
    {
        var own = schema.Parts.Where(part => (part.Keyword == "properties" && part.Name == name)
            || (part.Keyword == "patternProperties" && part.Pattern!.Match(name) is not PatternMatch.No)).ToArray();
        var rest = own.Length > 0 ? [] : schema.Parts.Where(part => part.Keyword == "additionalProperties" && (!isDeclared || IsOfOthers(part)));
        return own.Concat(rest).Concat(schema.Parts.Where(part => part.Keyword == "unevaluatedProperties" && (!isDeclared || IsOfOthers(part)))).Select(part => part.Schema);
    }

    private static IEnumerable<JsonSchema> OfItem(JsonSchema schema, int index)
    {
        var prefix = schema.Parts.Where(part => part.Keyword == "prefixItems").ToArray();
        var own = index < prefix.Length ? [prefix[index]] : schema.Parts.Where(part => part.Keyword == "items");
        return own.Concat(schema.Parts.Where(part => part.Keyword is "contains" or "unevaluatedItems")).Select(part => part.Schema);
    }

    // `true` and `false` open or close, and declare nothing.
    private static bool IsOfOthers(SchemaPart part) =>
        part.Keyword is "additionalProperties" or "unevaluatedProperties" && part.Schema.Source.ValueKind is JsonValueKind.Object;

    private SchemaReach Below(IEnumerable<JsonSchema> applied) => From([.. applied.Distinct()], IsSensitive);

    private JsonNode? MaskProperty(JsonProperty property)
    {
        var below = Property(property.Name);
        return below.heads.IsEmpty && schemas.Any(schema => schema.IsSealed) ? Masked : below.Mask(property.Value);
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind == JsonValueKind.Null
        ? null
        : JsonNode.Parse(element.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = CanonicalLimits.Composed.Depth });
}
