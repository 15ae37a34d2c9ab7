using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>dependentSchemas</c>: an object that has a property fits that property's schema as a whole.</summary>
internal sealed class DependentSchemasKeyword(ImmutableSortedDictionary<string, JsonSchema> dependent) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        var fits = true;
        foreach (var (name, schema) in dependent)
        {
            if (Has(instance, name))
            {
                fits = schema.Check(instance, inspection) && fits;
            }
        }

        return fits;
    }

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        foreach (var (name, schema) in dependent)
        {
            if (Has(instance, name))
            {
                schema.Mark(instance, marks, inspection);
            }
        }
    }

    private static bool Has(JsonElement instance, string name) => instance.ValueKind == JsonValueKind.Object && instance.TryGetProperty(name, out _);
}
