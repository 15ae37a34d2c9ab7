using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>required</c>: an object has every named property. <c>dependentRequired</c>: it has them where it has another.</summary>
internal sealed class RequiredKeyword(string keyword, string? trigger, ImmutableArray<string> names) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object || (trigger is not null && !instance.TryGetProperty(trigger, out _)))
        {
            return true;
        }

        var fits = true;
        foreach (var name in names)
        {
            if (!instance.TryGetProperty(name, out _))
            {
                fits = false;
                if (inspection.IsSilent)
                {
                    break;
                }

                Tell(name, inspection);
            }
        }

        return fits;
    }

    private void Tell(string name, Inspection inspection)
    {
        if (inspection.TakesShape)
        {
            inspection.Down(name);
            inspection.Shape(keyword, trigger is null
                ? $"The required property \"{Echo.Text(name)}\" is missing."
                : $"The property \"{Echo.Text(name)}\" is missing; it is required where \"{Echo.Text(trigger)}\" is given.");
            inspection.Up();
        }
    }
}
