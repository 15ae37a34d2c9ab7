using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>One compiled check of one schema; it reports what does not hold and never throws for an instance.</summary>
internal abstract class SchemaKeyword
{
    public abstract void Check(JsonElement instance, Place place, Inspection inspection);
}
