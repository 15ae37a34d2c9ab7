using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>The operators <c>&lt; &lt;= &gt; &gt;=</c>; ints and doubles compare with each other, without loss.</summary>
internal static class ComparisonFunctions
{
    private static readonly ImmutableArray<CelType> Ordered =
        [CelType.Number, CelType.String, CelType.Bytes, CelType.Bool, CelType.Timestamp, CelType.Duration];

    public static ImmutableArray<Overload> All { get; } =
    [
        .. For("<", c => c < 0),
        .. For("<=", c => c <= 0),
        .. For(">", c => c > 0),
        .. For(">=", c => c >= 0),
    ];

    // Invariant: NaN has no order, `null < 0` and its like are false, so every comparison with NaN is false.
    private static IEnumerable<Overload> For(string symbol, Func<int?, bool> holds) =>
        Ordered.Select(type => Global(Operator(symbol), [type, type], CelType.Bool, a => CelValue.Of(holds(CelOrder.Compare(a[0], a[1])))));
}
