using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>$ref</c>, <c>$dynamicRef</c> and each branch of <c>allOf</c>: the instance fits that schema, too.</summary>
internal sealed class ReferenceKeyword(JsonSchema target) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection) => target.Check(instance, inspection);

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection) => target.Mark(instance, marks, inspection);
}
