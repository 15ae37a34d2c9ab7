using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>prefixItems</c> and <c>items</c>: the first items of an array fit a schema each, and those after them one for all.</summary>
internal sealed class ItemsKeyword(ImmutableArray<JsonSchema> prefix, JsonSchema? items) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (fits, index) = (true, 0);
        foreach (var item in instance.EnumerateArray())
        {
            if (index >= prefix.Length && items is null)
            {
                break;
            }

            inspection.Down(index);
            fits &= (index < prefix.Length ? prefix[index] : items!).Check(item, inspection);
            inspection.Up();
            index++;
            if (!fits && inspection.IsSilent)
            {
                break;
            }
        }

        return fits;
    }

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        if (items is not null)
        {
            marks.AddAll();
            return;
        }

        for (var index = 0; index < Math.Min(prefix.Length, instance.GetArrayLength()); index++)
        {
            marks.Add(index);
        }
    }
}
