using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>unevaluatedItems</c>: the items that nothing else in the schema, or in the branches of it that hold, has looked at fit this schema. It comes after all other keywords.</summary>
internal sealed class UnevaluatedItemsKeyword(ImmutableArray<SchemaKeyword> siblings, JsonSchema unevaluated) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (fits, index) = (true, 0);
        using var marks = Marks.Of(siblings, instance, instance.GetArrayLength(), inspection);
        foreach (var item in instance.EnumerateArray())
        {
            if (!marks[index])
            {
                inspection.Down(index);
                fits &= unevaluated.IsNothing ? inspection.TakesShape && inspection.Shape("unevaluatedItems", "There may be no item here.") : unevaluated.Check(item, inspection);
                inspection.Up();
            }

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
        if (instance.ValueKind == JsonValueKind.Array)
        {
            marks.AddAll();
        }
    }
}
