namespace Touchstage.Safety.Schemas;

/// <summary>One schema in one scope and position, while it is compiled.</summary>
internal sealed class CompiledSchema(JsonSchema schema, SchemaLocation location, DynamicScope scope, SchemaPosition position)
{
    public JsonSchema Schema => schema;

    public SchemaLocation Location => location;

    public DynamicScope Scope => scope;

    public SchemaPosition Position => position;

    /// <summary>What it is made of, as far as that is known.</summary>
    public SchemaBody Body { get; set; } = new(new(), [], []);
}
