using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>The schema <c>false</c>: nothing fits.</summary>
internal sealed class NothingKeyword : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection) => inspection.TakesShape && inspection.Shape("false", "Expected nothing here; leave this value out.");
}
