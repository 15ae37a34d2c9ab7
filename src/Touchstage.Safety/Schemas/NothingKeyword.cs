using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>The boolean schema <c>false</c>: nothing fits.</summary>
internal sealed class NothingKeyword : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection) =>
        inspection.Shape("false", place, () => "Expected nothing here; leave this value out.");
}
