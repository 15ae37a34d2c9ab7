using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>format</c>: a string is of the named format; here it is an assertion and not a mere annotation.</summary>
internal sealed class FormatKeyword(string format) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind == JsonValueKind.String && !Formats.Holds(format, instance.GetString()!))
        {
            inspection.Range("format", place, () => $"Expected {Formats.Say(format)}, but got {Echo.Seen(instance, place.IsHidden)}.");
        }
    }
}
