using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>items</c>: every item of an array fits the schema.</summary>
internal sealed class ItemsKeyword(JsonSchema items) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            items.Check(item, place.Item(index++), inspection);
        }
    }
}
