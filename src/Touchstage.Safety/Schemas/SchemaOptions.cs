using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>How a schema is compiled.</summary>
/// <param name="IsStrict">Whether a keyword or format that is not enforced, and whatever the standard calls unwise, is a problem. Else they are passed over, as the standard says.</param>
/// <param name="ClosedByDefault">Whether a value whose schema speaks of objects, and does not say what of other properties, has no others; at every depth, but not in <c>not</c>, <c>if</c> and <c>contains</c>.</param>
internal sealed record SchemaOptions(bool IsStrict, bool ClosedByDefault)
{
    /// <summary>Undeclared properties are allowed unless the schema says otherwise, as in the standard.</summary>
    public static readonly SchemaOptions Open = new(IsStrict: true, ClosedByDefault: false);

    /// <summary>Undeclared properties are refused unless the schema says otherwise, as for arguments.</summary>
    public static readonly SchemaOptions Closed = new(IsStrict: true, ClosedByDefault: true);

    /// <summary>As the standard reads any schema.</summary>
    public static readonly SchemaOptions Standard = new(IsStrict: false, ClosedByDefault: false);

    /// <summary>Other schemas that references may lead to, by their absolute URI. Nothing is ever fetched.</summary>
    public ImmutableDictionary<string, JsonElement> Remotes { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;
}
