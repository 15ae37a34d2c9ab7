using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>
/// What draft 2020-12 says of schemas inside schemas, word for word and at whatever expense: a schema answers whether the instance fits, and which of its parts it has looked at. Keywords
/// without schemas in them are asked of the product, each on its own.
/// </summary>
internal sealed class PlainSchema
{
    private static readonly ImmutableHashSet<string> None = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    private readonly PlainReferences references;

    private PlainSchema(JsonElement root) => references = new(root);

    /// <summary>Whether the instance fits the schema; both are JSON texts that have a canonical form.</summary>
    public static bool Fits(string schema, string instance)
    {
        var root = Canonical(schema);
        var plain = new PlainSchema(root);
        return plain.Apply(root, Canonical(instance), [plain.references.Root]).Fits;
    }

    // The parts are told by the property's name or the item's index; `scope` are the resources that were passed through, the innermost last.
    private (bool Fits, ImmutableHashSet<string> Seen) Apply(JsonElement schema, JsonElement value, ImmutableList<string> scope)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            return (schema.ValueKind is JsonValueKind.True, None);
        }

        scope = references.ResourceAt(schema) is { } resource && resource != scope[^1] ? scope.Add(resource) : scope;
        var (fits, seen) = (true, None);
        foreach (var keyword in schema.EnumerateObject().OrderBy(keyword => keyword.Name.StartsWith("unevaluated", StringComparison.Ordinal)))
        {
            var (holds, looked) = Keyword(schema, keyword, value, seen, scope);
            (fits, seen) = (fits && holds, seen.Union(looked));
        }

        return (fits, fits ? seen : None);
    }

    private (bool Fits, ImmutableHashSet<string> Seen) Keyword(JsonElement schema, JsonProperty keyword, JsonElement value, ImmutableHashSet<string> seen, ImmutableList<string> scope)
    {
        var (name, inner) = (keyword.Name, keyword.Value);
        switch (name)
        {
            case "$ref" or "$dynamicRef":
                var target = references.Find(inner.GetString()!, scope, isDynamic: name == "$dynamicRef");
                return Apply(target.Schema, value, target.Resource == scope[^1] ? scope : scope.Add(target.Resource));
            case "allOf" or "anyOf" or "oneOf":
                var branches = inner.EnumerateArray().Select(branch => Apply(branch, value, scope)).ToArray();
                var held = branches.Count(branch => branch.Fits);
                return (name switch { "allOf" => held == branches.Length, "anyOf" => held > 0, _ => held == 1 }, All(branches));
            case "not":
                return (!Apply(inner, value, scope).Fits, None);
            case "if":
                var condition = Apply(inner, value, scope);
                return schema.TryGetProperty(condition.Fits ? "then" : "else", out var branchTaken) && Apply(branchTaken, value, scope) is var (isTaken, more)
                    ? (isTaken, condition.Seen.Union(more))
                    : (true, condition.Seen);
            case "dependentSchemas":
                var dependent = inner.EnumerateObject().Where(member => Has(value, member.Name)).Select(member => Apply(member.Value, value, scope)).ToArray();
                return (dependent.All(branch => branch.Fits), All(dependent));
            case "properties" or "patternProperties" or "additionalProperties" or "unevaluatedProperties" or "propertyNames":
                return value.ValueKind is JsonValueKind.Object ? Properties(schema, keyword, value, seen, scope) : (true, None);
            case "prefixItems" or "items" or "unevaluatedItems" or "contains":
                return value.ValueKind is JsonValueKind.Array ? Items(schema, keyword, value, seen, scope) : (true, None);
            case "$defs" or "then" or "else" or "minContains" or "maxContains" or "$id" or "$anchor" or "$dynamicAnchor":
                return (true, None);
            default:
                return (Leaf(keyword, value), None);
        }
    }

    private (bool Fits, ImmutableHashSet<string> Seen) Properties(JsonElement schema, JsonProperty keyword, JsonElement value, ImmutableHashSet<string> seen, ImmutableList<string> scope)
    {
        var (name, inner) = (keyword.Name, keyword.Value);
        var applied = value.EnumerateObject().SelectMany(property => (name switch
        {
            "properties" => Has(inner, property.Name) ? [inner.GetProperty(property.Name)] : [],
            "patternProperties" => inner.EnumerateObject().Where(pattern => Matches(pattern.Name, property.Name)).Select(pattern => pattern.Value),
            "additionalProperties" => Has(Member(schema, "properties"), property.Name) || Members(schema, "patternProperties").Any(pattern => Matches(pattern.Name, property.Name)) ? [] : [inner],
            "unevaluatedProperties" => seen.Contains(property.Name) ? [] : [inner],
            _ => [inner],
        }).Select(below => (property.Name, Apply(below, name == "propertyNames" ? Canonical(JsonSerializer.Serialize(property.Name)) : property.Value, scope).Fits))).ToArray();
        return (applied.All(one => one.Fits), name == "propertyNames" ? None : [.. applied.Select(one => one.Name)]);
    }

    private (bool Fits, ImmutableHashSet<string> Seen) Items(JsonElement schema, JsonProperty keyword, JsonElement value, ImmutableHashSet<string> seen, ImmutableList<string> scope)
    {
        var (name, inner) = (keyword.Name, keyword.Value);
        var prefix = schema.TryGetProperty("prefixItems", out var first) ? first.GetArrayLength() : 0;
        var applied = value.EnumerateArray().Index().Where(item => name switch
        {
            "prefixItems" => item.Index < prefix,
            "items" => item.Index >= prefix,
            "unevaluatedItems" => !seen.Contains($"{item.Index}"),
            _ => true,
        }).Select(item => (Name: $"{item.Index}", Apply(name == "prefixItems" ? inner[item.Index] : inner, item.Item, scope).Fits)).ToArray();
        if (name != "contains")
        {
            return (applied.All(one => one.Fits), [.. applied.Select(one => one.Name)]);
        }

        var contained = applied.Where(one => one.Fits).Select(one => one.Name).ToArray();
        var least = schema.TryGetProperty("minContains", out var lower) ? lower.GetDouble() : 1;
        var most = schema.TryGetProperty("maxContains", out var upper) ? upper.GetDouble() : double.MaxValue;
        return (contained.Length >= least && contained.Length <= most, [.. contained]);
    }

    private static bool Leaf(JsonProperty keyword, JsonElement value) =>
        JsonSchema.Compile(JsonElement.Parse($"{{{JsonSerializer.Serialize(keyword.Name)}:{keyword.Value.GetRawText()}}}"), SchemaOptions.Standard).Schema!.Validate(value).IsEmpty;

    private static bool Matches(string pattern, string name) =>
        Leaf(JsonElement.Parse($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""").EnumerateObject().Single(), Canonical(JsonSerializer.Serialize(name)));

    private static ImmutableHashSet<string> All(IEnumerable<(bool Fits, ImmutableHashSet<string> Seen)> branches) => None.Union(branches.SelectMany(branch => branch.Seen));

    private static bool Has(JsonElement value, string name) => value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out _);

    private static JsonElement Member(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var member) ? member : default;

    private static JsonElement.ObjectEnumerator Members(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var members) ? members.EnumerateObject() : default;

    private static JsonElement Canonical(string text) =>
        CanonicalJson.Parse(text).TryGet(out var value, out var refusal) ? value.Root : throw new ArgumentException(refusal.ToString(), nameof(text));
}
