using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>minimum</c>, <c>maximum</c>, <c>exclusiveMinimum</c> and <c>exclusiveMaximum</c>: a number keeps to the bound, compared exactly.</summary>
internal sealed class NumberBoundKeyword(string keyword, JsonElement bound) : SchemaKeyword
{
    private readonly ExactNumber limit = ExactNumber.Of(bound);

    public override bool Check(JsonElement instance, Inspection inspection) =>
        instance.ValueKind != JsonValueKind.Number || Holds(ExactNumber.Of(instance))
        || (inspection.TakesRange && inspection.Range(keyword, $"Expected a number {Say()} {bound.GetRawText()}, but got {Echo.Seen(instance, inspection.IsHidden)}."));

    private bool Holds(ExactNumber number) => keyword switch
    {
        "minimum" => number >= limit,
        "maximum" => number <= limit,
        "exclusiveMinimum" => number > limit,
        _ => number < limit,
    };

    private string Say() => keyword switch
    {
        "minimum" => "of at least",
        "maximum" => "of at most",
        "exclusiveMinimum" => "greater than",
        _ => "less than",
    };
}
