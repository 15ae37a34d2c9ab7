using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>What a schema declares, as read from its source; the parts of <see cref="JsonSchema"/> that others derive types from.</summary>
internal sealed record SchemaShape
{
    public static readonly ImmutableSortedDictionary<string, JsonSchema> NoProperties = ImmutableSortedDictionary.Create<string, JsonSchema>(StringComparer.Ordinal);

    public ImmutableArray<string>? Types { get; init; }

    public ImmutableSortedDictionary<string, JsonSchema> Properties { get; init; } = NoProperties;

    public ImmutableSortedSet<string> Required { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public JsonSchema? Items { get; init; }

    public JsonSchema? Additional { get; init; }

    public bool AdditionalAllowed { get; init; } = true;

    public ImmutableArray<JsonElement>? EnumValues { get; init; }

    public JsonElement? Const { get; init; }

    public JsonElement? Minimum { get; init; }

    public JsonElement? Maximum { get; init; }

    public JsonElement? ExclusiveMinimum { get; init; }

    public JsonElement? ExclusiveMaximum { get; init; }

    /// <summary>The bounds on how long or how many, by keyword.</summary>
    public ImmutableSortedDictionary<string, long> Sizes { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public string? Format { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public JsonElement? Default { get; init; }

    public bool IsSensitive { get; init; }

    /// <summary>What it says of the document that a text holds; no value is held against it.</summary>
    public JsonSchema? Content { get; init; }

    /// <summary>Whether it says anything about objects, so that its <c>additionalProperties</c> matters.</summary>
    public bool IsObject { get; init; }

    /// <summary>Whether it refuses what neither it nor anything applied with it looks at.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Whether it looks at names that it does not list, so that a sealed schema around it lets them in.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What it says of the value alone, and of nothing in it.</summary>
    public SchemaShape WithoutParts() => this with { Properties = NoProperties, Required = Required.Clear(), Items = null, Additional = null, AdditionalAllowed = true };

    /// <summary>What a value that fits all of them is known to be. Where several bound one thing, the first is kept: it holds, if it is not all that holds.</summary>
    public SchemaShape And(ImmutableArray<SchemaShape> others) => others.IsEmpty ? this : others.Aggregate(this, (all, other) => all.And(other)) with
    {
        Properties = others.Insert(0, this).SelectMany(shape => shape.Properties).GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(named => named.Key, named => JsonSchema.All(named), StringComparer.Ordinal),
        Items = All(others.Insert(0, this).Select(shape => shape.Items)),
        Additional = All(others.Insert(0, this).Select(shape => shape.Additional)),
    };

    /// <summary>What is known where one of several may hold beside it: the names that only they declare may be there, and then fit whatever one of those says.</summary>
    public SchemaShape Or(IReadOnlyCollection<SchemaShape> branches)
    {
        var isOpen = IsOpen || branches.Any(branch => branch.IsOpen);
        var isKnown = IsSealed && !isOpen;
        var named = branches.SelectMany(branch => branch.Properties).Where(p => !Properties.ContainsKey(p.Key)).GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal);
        return this with
        {
            Properties = Properties.AddRange(named.Select(n => KeyValuePair.Create(n.Key, isKnown ? JsonSchema.Any([.. n]) : JsonSchema.Any([.. n, JsonSchema.Anything])))),
            IsObject = IsObject || branches.Any(branch => branch.IsObject),
            IsOpen = isOpen,
        };
    }

    private static JsonSchema? All(IEnumerable<JsonSchema?> schemas) => schemas.OfType<JsonSchema>().ToArray() is [_, ..] said ? JsonSchema.All(said) : null;

    private SchemaShape And(SchemaShape other) => this with
    {
        Types = Types ?? other.Types,
        Required = Required.Union(other.Required),
        AdditionalAllowed = AdditionalAllowed && other.AdditionalAllowed,
        EnumValues = EnumValues ?? other.EnumValues,
        Const = Const ?? other.Const,
        Minimum = Minimum ?? other.Minimum,
        Maximum = Maximum ?? other.Maximum,
        ExclusiveMinimum = ExclusiveMinimum ?? other.ExclusiveMinimum,
        ExclusiveMaximum = ExclusiveMaximum ?? other.ExclusiveMaximum,
        Sizes = other.Sizes.SetItems(Sizes),
        Format = Format ?? other.Format,
        Title = Title ?? other.Title,
        Description = Description ?? other.Description,
        Default = Default ?? other.Default,
        IsSensitive = IsSensitive || other.IsSensitive,
        IsObject = IsObject || other.IsObject,
        IsOpen = IsOpen || other.IsOpen,
    };
}
