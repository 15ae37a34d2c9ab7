using System.Text.Json;
using Touchstage.Safety.Schemas.Formats;

namespace Touchstage.Safety.Schemas;

/// <summary><c>format</c>: a string is of the named format; here it is an assertion and not a mere annotation.</summary>
internal sealed class FormatKeyword(StringFormat format) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind == JsonValueKind.String && !format.Holds(instance.GetString()))
        {
            inspection.Range("format", place, () => $"Expected {format.Said}, but got {Echo.Seen(instance, place.IsHidden)}.");
        }
    }
}
