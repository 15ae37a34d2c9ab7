using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>The functions of <c>math</c>, but for those on bits.</summary>
internal static class MathFunctions
{
    public static ImmutableArray<Overload> All { get; } =
    [
        .. Extreme("math.greatest", 1),
        .. Extreme("math.least", -1),
        Rounding("math.ceil", Math.Ceiling),
        Rounding("math.floor", Math.Floor),
        Rounding("math.round", v => Math.Round(v, MidpointRounding.AwayFromZero)),
        Rounding("math.trunc", Math.Truncate),
        Global("math.abs", [CelType.Double], CelType.Double, a => CelValue.Of(Math.Abs(a[0].AsDouble))),
        Global("math.abs", [CelType.Uint], CelType.Uint, a => a[0]),
        Global("math.abs", [CelType.Int], CelType.Int, a =>
            a[0].AsInt == long.MinValue ? CelValue.Failed("An int overflows 64 bits.") : CelValue.Of(Math.Abs(a[0].AsInt))),
        Global("math.sign", [CelType.Double], CelType.Double, a => CelValue.Of(Sign(a[0].AsDouble))),
        Global("math.sign", [CelType.Uint], CelType.Uint, a => CelValue.Of(Math.Min(a[0].AsUint, 1UL))),
        Global("math.sign", [CelType.Int], CelType.Int, a => CelValue.Of((long)Math.Sign(a[0].AsInt))),
        Test("math.isNaN", double.IsNaN),
        Test("math.isInf", double.IsInfinity),
        Test("math.isFinite", double.IsFinite),
        Global("math.sqrt", [CelType.Double], CelType.Double, a => CelValue.Of(Math.Sqrt(a[0].AsDouble))),
        Global("math.sqrt", [CelType.Uint], CelType.Double, a => CelValue.Of(Math.Sqrt(a[0].AsUint))),
        Global("math.sqrt", [CelType.Int], CelType.Double, a => CelValue.Of(Math.Sqrt(a[0].AsInt))),
    ];

    private static IEnumerable<Overload> Extreme(string name, int sign) =>
    [
        Variadic(name, CelType.Number, CelType.Number, a => Extreme(a, sign)),
        Global(name, [CelType.List(CelType.Number)], CelType.Number, a => Extreme(a[0].AsList.AsSpan(), sign)),
    ];

    private static Overload Rounding(string name, Func<double, double> round) =>
        Global(name, [CelType.Double], CelType.Double, a => CelValue.Of(round(a[0].AsDouble)));

    private static Overload Test(string name, Func<double, bool> test) =>
        Global(name, [CelType.Double], CelType.Bool, a => CelValue.Of(test(a[0].AsDouble)));

    private static double Sign(double value) => double.IsNaN(value) ? value : Math.Sign(value);

    /// <summary>The first of those that no other exceeds, in the type that it has. NaN is neither above nor below another number, so beside one it fails.</summary>
    private static CelValue Extreme(ReadOnlySpan<CelValue> values, int sign)
    {
        CelValue? extreme = null;
        foreach (var value in values)
        {
            if (!CelType.Number.Holds(value))
            {
                return CelValue.Failed("The greatest or least is asked of what is no number.");
            }

            int? order = extreme is null ? sign : CelOrder.Compare(value, extreme);
            if (order is null)
            {
                return CelValue.Failed("NaN has no order.");
            }

            extreme = order * sign > 0 ? value : extreme;
        }

        return extreme ?? CelValue.Failed("The greatest or least of no numbers is asked.");
    }
}
