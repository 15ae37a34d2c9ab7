using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>Types as values: <c>type(x)</c>, and the names that types have.</summary>
internal static class TypeFunctions
{
    private static readonly ImmutableSortedDictionary<string, CelKind> Kinds = new Dictionary<string, CelKind>(StringComparer.Ordinal)
    {
        ["null_type"] = CelKind.Null,
        ["bool"] = CelKind.Bool,
        ["int"] = CelKind.Int,
        ["uint"] = CelKind.Uint,
        ["double"] = CelKind.Double,
        ["string"] = CelKind.String,
        ["bytes"] = CelKind.Bytes,
        ["google.protobuf.Timestamp"] = CelKind.Timestamp,
        ["google.protobuf.Duration"] = CelKind.Duration,
        ["list"] = CelKind.List,
        ["map"] = CelKind.Map,
        ["type"] = CelKind.Type,
        ["optional_type"] = CelKind.Optional,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<CelKind, string> Names = Kinds.ToImmutableSortedDictionary(k => k.Value, k => k.Key);

    public static ImmutableArray<Overload> All { get; } =
        [Global("type", [CelType.Dyn], CelType.Type, a => CelValue.OfType(Names[a[0].Kind]))];

    /// <summary>Whether a name is that of a type.</summary>
    public static bool IsType(string name) => Kinds.ContainsKey(name);
}
