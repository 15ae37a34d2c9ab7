using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>What compiling a schema came to: the schema, or everything that is wrong with it, each at its JSON Pointer into the schema.</summary>
internal sealed record SchemaLoad(JsonSchema? Schema, ImmutableArray<Problem> Problems)
{
    public bool TryGet([NotNullWhen(true)] out JsonSchema? schema)
    {
        schema = Schema;
        return schema is not null;
    }
}
