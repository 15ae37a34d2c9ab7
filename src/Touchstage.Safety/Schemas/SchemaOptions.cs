namespace Touchstage.Safety.Schemas;

/// <summary>How a schema is compiled.</summary>
/// <param name="ClosedByDefault">Whether an object schema that does not say <c>additionalProperties</c> gets <c>false</c>, at every depth.</param>
internal sealed record SchemaOptions(bool ClosedByDefault)
{
    /// <summary>Undeclared properties are allowed unless the schema says otherwise, as in the standard.</summary>
    public static readonly SchemaOptions Open = new(ClosedByDefault: false);

    /// <summary>Undeclared properties are refused unless the schema says otherwise, as for arguments.</summary>
    public static readonly SchemaOptions Closed = new(ClosedByDefault: true);
}
