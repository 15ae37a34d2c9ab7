using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// <c>unevaluatedProperties</c>: what nothing else in the schema, or in the branches of it that hold, has looked at fits this schema. It comes after all other keywords.
/// </summary>
internal sealed class UnevaluatedPropertiesKeyword(JsonSchema owner, ImmutableArray<SchemaKeyword> siblings, JsonSchema unevaluated) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var (fits, index) = (true, 0);
        using var marks = Marks.Of(siblings, instance, instance.GetPropertyCount(), inspection);
        foreach (var property in instance.EnumerateObject())
        {
            if (!marks[index++])
            {
                fits = CheckOne(property, inspection) && fits;
                if (!fits && inspection.IsSilent)
                {
                    break;
                }
            }
        }

        return fits;
    }

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        if (instance.ValueKind == JsonValueKind.Object)
        {
            marks.AddAll();
        }
    }

    private bool CheckOne(JsonProperty property, Inspection inspection)
    {
        if (unevaluated.IsNothing)
        {
            return inspection.TakesShape && UnknownProperty.Tell("unevaluatedProperties", property.Name, owner.Reach.Names(), inspection);
        }

        if (inspection.IsSilent)
        {
            return unevaluated.Check(property.Value, inspection);
        }

        inspection.Down(property.Name);
        var fits = unevaluated.Check(property.Value, inspection);
        inspection.Up();
        return fits;
    }
}
