using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Which values fit a newer schema and not the older.</summary>
internal static class SchemaChange
{
    private const int MostListed = 32;

    private static readonly string[] Bounds =
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "enum", "const"];

    private static readonly string[] Annotations = ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"];

    /// <summary>The values, as far as bounds tell; none if the newer is surely no wider. Null if they differ in something else, or are read as different types.</summary>
    public static ImmutableArray<Domain>? Outside(JsonSchema older, JsonSchema newer)
    {
        // What is not published as a whole may differ in what was left out.
        if (older.Source.GetRawText() != newer.Source.GetRawText() && !(older.IsPublishedWhole() && newer.IsPublishedWhole()))
        {
            return null;
        }

        var (before, now) = (Keywords(older), Keywords(newer));
        if (JsonNode.DeepEquals(before, now))
        {
            return [];
        }

        // The newer may ask for more, never for less, of what is not a bound.
        var (oldType, newType) = (SchemaTypes.Of("", older), SchemaTypes.Of("", newer));
        var isKept = before.Where(k => !Bounds.Contains(k.Key, StringComparer.Ordinal)).All(k => now.TryGetPropertyValue(k.Key, out var kept) && JsonNode.DeepEquals(k.Value, kept));
        return isKept && (oldType == newType || (oldType is CelType.Text && newType is CelType.Text)) && oldType is CelType.Scalar or CelType.Text or CelType.ListOf
            ? Complement(older, SchemaDomains.Of(older).Without(Kinds.Failed))
            : null;
    }

    private static ImmutableArray<Domain>? Complement(JsonSchema schema, Domain domain)
    {
        if (schema.EnumValues is { Length: > MostListed } || (schema.EnumValues ?? (schema.Const is { } only ? [only] : null)) is { } listed && listed.Any(v => v.ValueKind is not (System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.String)))
        {
            return null;
        }

        return domain.Kinds switch
        {
            Kinds.Int or Kinds.Double => [Domain.Of(domain.Kinds, domain.Numbers.Complement())],
            Kinds.Text when !domain.Texts.IsExcept => [Domain.Of(Kinds.Text, texts: domain.Texts.Named.Aggregate(TextSet.All, (rest, t) => rest.Without(t)))],
            Kinds.Text => [.. Beyond(domain.Texts.Lengths).Select(s => Domain.Of(Kinds.Text, texts: TextSet.OfLength(s)))],
            Kinds.List => [.. Beyond(domain.Counts).Select(s => Domain.Of(Kinds.List, counts: s))],
            _ => null,
        };
    }

    private static IEnumerable<Sizes> Beyond(Sizes sizes) =>
        new[] { new Sizes(0, sizes.Least - 1), sizes.Most == long.MaxValue ? new(1, 0) : new Sizes(sizes.Most + 1, long.MaxValue) }.Where(s => !s.IsEmpty);

    private static JsonObject Keywords(JsonSchema schema)
    {
        var node = JsonNode.Parse(schema.Publish().GetRawText()) as JsonObject ?? [];
        foreach (var annotation in Annotations)
        {
            node.Remove(annotation);
        }

        return node;
    }
}
