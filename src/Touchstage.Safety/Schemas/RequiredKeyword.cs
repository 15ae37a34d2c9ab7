using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>required</c>: an object has every named property.</summary>
internal sealed class RequiredKeyword(ImmutableArray<string> names) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var name in names)
        {
            if (!instance.TryGetProperty(name, out _))
            {
                inspection.Shape("required", place.Property(name), () => $"The required property \"{Echo.Text(name)}\" is missing.");
            }
        }
    }
}
