using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// <c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c> and <c>maxProperties</c>: how many there are keeps to the bound;
/// a string's length is its number of code points.
/// </summary>
internal sealed class SizeBoundKeyword(string keyword, long bound) : SchemaKeyword
{
    private readonly bool isMinimum = keyword.StartsWith("min", StringComparison.Ordinal);
    private readonly string of = keyword[3..];

    public override bool Check(JsonElement instance, Inspection inspection) =>
        Size(instance) is not { } size || (isMinimum ? size >= bound : size <= bound)
        || (inspection.TakesRange && inspection.Range(
            keyword, $"Expected at {(isMinimum ? "least" : "most")} {Counted(bound)}, but got {(inspection.IsHidden ? "a value that is not shown" : Counted(size))}."));

    private long? Size(JsonElement instance) => (of, instance.ValueKind) switch
    {
        ("Length", JsonValueKind.String) => JsonChars.Count(instance),
        ("Items", JsonValueKind.Array) => instance.GetArrayLength(),
        ("Properties", JsonValueKind.Object) => instance.GetPropertyCount(),
        _ => null,
    };

    private string Counted(long count) => of switch
    {
        "Length" => Echo.Count(count, "character", "characters"),
        "Items" => Echo.Count(count, "item", "items"),
        _ => Echo.Count(count, "property", "properties"),
    };
}
