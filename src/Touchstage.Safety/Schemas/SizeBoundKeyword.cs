using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// <c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c> and <c>maxProperties</c>: how many there are keeps to the bound;
/// a string's length is its number of code points.
/// </summary>
internal sealed class SizeBoundKeyword(string keyword, long bound) : SchemaKeyword
{
    private readonly bool isMinimum = keyword.StartsWith("min", StringComparison.Ordinal);

    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (Size(instance) is { } size && (isMinimum ? size < bound : size > bound))
        {
            inspection.Range(keyword, place, () =>
                $"Expected at {(isMinimum ? "least" : "most")} {Counted(bound)}, but got {(place.IsHidden ? "a value that is not shown" : Counted(size))}.");
        }
    }

    private long? Size(JsonElement instance) => (keyword[3..], instance.ValueKind) switch
    {
        ("Length", JsonValueKind.String) => instance.GetString()!.EnumerateRunes().LongCount(),
        ("Items", JsonValueKind.Array) => instance.GetArrayLength(),
        ("Properties", JsonValueKind.Object) => instance.GetPropertyCount(),
        _ => null,
    };

    private string Counted(long count) => keyword[3..] switch
    {
        "Length" => Echo.Count(count, "character", "characters"),
        "Items" => Echo.Count(count, "item", "items"),
        _ => Echo.Count(count, "property", "properties"),
    };
}
