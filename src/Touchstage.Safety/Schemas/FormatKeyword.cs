using System.Text.Json;
using Touchstage.Safety.Schemas.Formats;

namespace Touchstage.Safety.Schemas;

/// <summary><c>format</c>: a string is of the named format; here it is an assertion and not a mere annotation.</summary>
internal sealed class FormatKeyword(StringFormat format) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection) =>
        instance.ValueKind != JsonValueKind.String || format.Holds(JsonChars.Of(instance, stackalloc char[JsonChars.Short]))
        || (inspection.TakesRange && inspection.Range("format", $"Expected {format.Said}, but got {Echo.Seen(instance, inspection.IsHidden)}."));
}
