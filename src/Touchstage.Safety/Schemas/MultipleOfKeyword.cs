using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>multipleOf</c>: a number is a whole number of units, in exact decimals: 19.99 is a multiple of 0.01.</summary>
internal sealed class MultipleOfKeyword(JsonElement unit) : SchemaKeyword
{
    private readonly ExactNumber exact = ExactNumber.Of(unit);

    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind == JsonValueKind.Number && !ExactNumber.Of(instance).IsMultipleOf(exact))
        {
            inspection.Range("multipleOf", place, () => $"Expected a multiple of {unit.GetRawText()}, but got {Echo.Seen(instance, place.IsHidden)}.");
        }
    }
}
