using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>What a schema declares, as read from its source; the parts of <see cref="JsonSchema"/> that others derive types from.</summary>
internal sealed record SchemaShape
{
    public ImmutableArray<string>? Types { get; init; }

    public ImmutableSortedDictionary<string, JsonSchema> Properties { get; init; } = ImmutableSortedDictionary.Create<string, JsonSchema>(StringComparer.Ordinal);

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

    public long? MaxItems { get; init; }

    public long? MaxLength { get; init; }

    public long? MaxProperties { get; init; }

    /// <summary>The bounds on how long or how many, by keyword.</summary>
    public ImmutableSortedDictionary<string, long> Sizes { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public string? Format { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public JsonElement? Default { get; init; }

    public bool IsSensitive { get; init; }

    /// <summary>Whether it says anything about objects, so that its <c>additionalProperties</c> matters.</summary>
    public bool IsObject { get; init; }
}
