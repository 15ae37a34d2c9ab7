using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>not</c>: the instance does not fit the schema.</summary>
internal sealed class NotKeyword(JsonSchema negated) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection) =>
        !inspection.Holds(negated, instance)
        || (inspection.TakesShape && inspection.Shape("not", $"This value is one that is ruled out here{((negated.Title ?? negated.Description) is { } said ? $": {Echo.Text(said)}" : "")}."));
}
