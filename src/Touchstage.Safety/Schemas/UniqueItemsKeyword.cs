using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>uniqueItems</c>: no two items of an array are equal.</summary>
internal sealed class UniqueItemsKeyword : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var second = index++;
            if (!seen.TryAdd(AllowedValuesKeyword.Canonical(item), second))
            {
                var first = seen[AllowedValuesKeyword.Canonical(item)];
                inspection.Range("uniqueItems", place.Item(second), () => $"Expected different items, but item {second} equals item {first}.");
                return;
            }
        }
    }
}
