using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>One compiled check of one schema. It allocates nothing for a value that fits, and never throws for any.</summary>
internal abstract class SchemaKeyword
{
    /// <summary>Whether the instance keeps to it; where it does not, the inspection is told, unless it is silent.</summary>
    public abstract bool Check(JsonElement instance, Inspection inspection);

    /// <summary>Marks the properties or items that this keyword has looked at in an instance that keeps to it: what <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> leave alone.</summary>
    public virtual void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
    }
}
