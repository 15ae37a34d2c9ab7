using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>Making and reading optionals; <c>or</c> and <c>orValue</c>, which look at their argument only if they must, are nodes of the tree.</summary>
internal static class OptionalFunctions
{
    private static readonly CelType Any = CelType.Param("A");
    private static readonly CelType Optional = CelType.Optional(Any);

    public static ImmutableArray<Overload> All { get; } =
    [
        Global("optional.of", [Any], Optional, a => CelValue.OptionalOf(a[0])),
        Global("optional.none", [], Optional, _ => CelValue.None),
        Global("optional.ofNonZeroValue", [Any], Optional, a => IsZero(a[0]) ? CelValue.None : CelValue.OptionalOf(a[0])),
        Global("optional.unwrap", [CelType.List(Optional)], CelType.List(Any), a => Unwrap(a[0])),
        Member("unwrapOpt", [CelType.List(Optional)], CelType.List(Any), a => Unwrap(a[0])),
        Member("hasValue", [Optional], CelType.Bool, a => CelValue.Of(a[0].AsOptional is not null)),
        Member("value", [Optional], Any, a => a[0].AsOptional ?? CelValue.Failed("The optional has no value.")),
        Member("first", [CelType.List(Any)], Optional, a => a[0].AsList is [var first, ..] ? CelValue.OptionalOf(first) : CelValue.None),
        Member("last", [CelType.List(Any)], Optional, a => a[0].AsList is [.., var last] ? CelValue.OptionalOf(last) : CelValue.None),
    ];

    private static CelValue Unwrap(CelValue list) => list.AsList.Any(i => i.Kind != CelKind.Optional)
        ? CelValue.Failed("'unwrap' needs a list of optionals.")
        : CelValue.List(list.AsList.Select(i => i.AsOptional).OfType<CelValue>());

    private static bool IsZero(CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool => !value.AsBool,
        CelKind.Int or CelKind.Uint or CelKind.Duration => value.AsInt == 0,
        CelKind.Double => value.AsDouble == 0,
        CelKind.String => value.AsString.Length == 0,
        CelKind.Bytes => value.AsBytes.IsEmpty,
        CelKind.List => value.AsList.IsEmpty,
        CelKind.Map => value.AsMap.IsEmpty,
        CelKind.Timestamp => value.AsTimestamp == CelTime.FirstTimestamp,
        CelKind.Optional => value.AsOptional is null,
        _ => false,
    };
}
