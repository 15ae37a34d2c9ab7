using System.Collections.Immutable;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>How large the values of a capability's conditions may be, as far as its schemas say.</summary>
internal sealed class SchemaSizes(JsonSchema input, ImmutableSortedDictionary<string, JsonSchema> settings, ImmutableSortedDictionary<string, JsonSchema> facts) : IValueSizes
{
    /// <inheritdoc/>
    public ValueBounds Of(ImmutableArray<string> path) => path switch
    {
        ["args", .. var rest] => Below(input, rest),
        ["tenant", "settings", var name, .. var rest] => Below(settings.GetValueOrDefault(name), rest),
        ["facts", var name, .. var rest] => Below(facts.GetValueOrDefault(name), rest),
        _ => default,
    };

    private static ValueBounds Below(JsonSchema? schema, ImmutableArray<string> path)
    {
        foreach (string step in path)
        {
            schema = step == CostBound.Element ? schema?.Items ?? schema?.Additional : schema?.Properties.GetValueOrDefault(step);
        }

        return schema is null ? default : new(schema.MaxItems, schema.MaxLength, schema.MaxProperties);
    }
}
