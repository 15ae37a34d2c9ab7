using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>: what fits the first schema fits the second, and all else the third.</summary>
internal sealed class IfKeyword(JsonSchema condition, JsonSchema? then, JsonSchema? otherwise) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection) =>
        (inspection.Holds(condition, instance) ? then : otherwise)?.Check(instance, inspection) ?? true;

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        var holds = inspection.Holds(condition, instance);
        if (holds)
        {
            condition.Mark(instance, marks, inspection);
        }

        (holds ? then : otherwise)?.Mark(instance, marks, inspection);
    }
}
