using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>multipleOf</c>: a number is a whole number of units, in exact decimals: 19.99 is a multiple of 0.01.</summary>
internal sealed class MultipleOfKeyword(JsonElement unit) : SchemaKeyword
{
    private readonly ExactNumber exact = ExactNumber.Of(unit);

    public override bool Check(JsonElement instance, Inspection inspection) =>
        instance.ValueKind != JsonValueKind.Number || ExactNumber.Of(instance).IsMultipleOf(exact)
        || (inspection.TakesRange && inspection.Range("multipleOf", $"Expected a multiple of {unit.GetRawText()}, but got {Echo.Seen(instance, inspection.IsHidden)}."));
}
