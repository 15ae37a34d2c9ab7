using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>What functions of numbers, sizes and clocks give, from the domains of what they are given.</summary>
internal static class Arithmetic
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Whether what is computed of it says all about failures of the operation itself.</summary>
    public static bool IsExact(string name) => name is "double" or "int" or "-_" or "_+_" or "_-_" or "_*_" or "_/_" or "_%_";

    public static bool IsClock(string name) => name.StartsWith("get", StringComparison.Ordinal) && Clock(name) is not null;

    /// <summary>What comes of arguments that do not fail; null where nothing more than the type is known.</summary>
    public static Domain? Compute(TypedExpression.Apply apply, ImmutableArray<Domain> arguments)
    {
        var name = apply.Overloads[0].Name;
        return (name, arguments) switch
        {
            ("size", [var counted]) => Size(counted),
            ("double", [{ Kinds: Kinds.Int } whole]) => Doubles((double)Whole(whole).Low, (double)Whole(whole).High),
            ("int", [{ Kinds: Kinds.Double } number]) => Truncated(number.Numbers.Hull),
            ("-_", [{ Kinds: Kinds.Int } a]) => Ints([-Whole(a).Low, -Whole(a).High]),
            ("-_", [{ Kinds: Kinds.Double } a]) => Domain.Of(Kinds.Double, NumberSet.Of(Negated(a.Numbers.Hull))),
            (_, [{ Kinds: Kinds.Int } a, { Kinds: Kinds.Int } b]) => Ints(name, a, b),
            (_, [{ Kinds: Kinds.Double } a, { Kinds: Kinds.Double } b]) => Doubles(name, a.Numbers.Hull, b.Numbers.Hull),
            (_, [_, ..]) when apply.Arguments[0].Type == CelType.Timestamp && apply.Type == CelType.Int && Clock(name) is { } range =>
                Domain.Of(Kinds.Int, NumberSet.Of(range)),
            _ => null,
        };
    }

    private static Domain? Size(Domain counted) => counted.Kinds switch
    {
        Kinds.Text => Domain.Of(Kinds.Int, NumberSet.Of(Interval.Of(counted.Texts.Lengths.Least, counted.Texts.Lengths.Most))),
        Kinds.List => Domain.Of(Kinds.Int, NumberSet.Of(Interval.Of(counted.Counts.Least, counted.Counts.Most))),
        _ => Domain.Of(Kinds.Int, NumberSet.Of(Interval.Of(0, long.MaxValue))),
    };

    private static Interval? Clock(string name) => name switch
    {
        "getFullYear" => Interval.Of(0L, 10_000),
        "getMonth" => Interval.Of(0L, 11),
        "getDate" => Interval.Of(1L, 31),
        "getDayOfMonth" => Interval.Of(0L, 30),
        "getDayOfWeek" => Interval.Of(0L, 6),
        "getDayOfYear" => Interval.Of(0L, 365),
        "getHours" => Interval.Of(0L, 23),
        "getMinutes" or "getSeconds" => Interval.Of(0L, 59),
        "getMilliseconds" => Interval.Of(0L, 999),
        _ => null,
    };

    // The sign alone changes: nothing is rounded. An end that is an int may be no double; its nearest one is beyond no double that it bounds.
    private static Interval Negated(Interval number) => new(
        CelValue.Of(-number.High.AsAnyDouble()), number.IsHighOpen && IsDouble(number.High), CelValue.Of(-number.Low.AsAnyDouble()), number.IsLowOpen && IsDouble(number.Low));

    private static bool IsDouble(CelValue end) => end.Kind == CelKind.Double || Interval.Compare(end, CelValue.Of(end.AsAnyDouble())) == 0;

    private static (Int128 Low, Int128 High) Whole(Domain domain) => (NumberSet.Floor(domain.Numbers.Hull.Low), NumberSet.Floor(domain.Numbers.Hull.High));

    private static Domain? Ints(string name, Domain a, Domain b)
    {
        var ((aLow, aHigh), (bLow, bHigh)) = (Whole(a), Whole(b));
        var mayBeZero = bLow <= 0 && bHigh >= 0;
        var most = Int128.Max(Int128.Abs(bLow), Int128.Abs(bHigh)) - 1;
        return name switch
        {
            "_+_" => Ints([aLow + bLow, aHigh + bHigh]),
            "_-_" => Ints([aLow - bHigh, aHigh - bLow]),
            "_*_" => Ints([aLow * bLow, aLow * bHigh, aHigh * bLow, aHigh * bHigh]),
            "_/_" when !mayBeZero => Ints([aLow / bLow, aLow / bHigh, aHigh / bLow, aHigh / bHigh]),
            "_%_" when !mayBeZero => Ints([aLow < 0 ? -most : 0, aHigh > 0 ? most : 0]).With(aLow == long.MinValue ? Kinds.Failed : Kinds.None),
            _ => null,
        };
    }

    // One beyond 64 bits fails.
    private static Domain Ints(Int128[] ends)
    {
        var (low, high) = (ends.Min(), ends.Max());
        var fails = low < long.MinValue || high > long.MaxValue ? Kinds.Failed : Kinds.None;
        return low > long.MaxValue || high < long.MinValue ? Domain.Failure
            : Domain.Of(Kinds.Int | fails, NumberSet.Of(Interval.Of((long)Int128.Max(low, long.MinValue), (long)Int128.Min(high, long.MaxValue))));
    }

    private static Domain Truncated(Interval number)
    {
        var (low, high) = (Math.Truncate(number.Low.AsAnyDouble()), Math.Truncate(number.High.AsAnyDouble()));
        var fails = low <= -TwoTo63 || high >= TwoTo63 ? Kinds.Failed : Kinds.None;
        return Domain.Of(Kinds.Int | fails, NumberSet.Of(Interval.Of(low, high))).With(fails);
    }

    // Rounding keeps the order, so the rounded results at the ends hold all that comes between; what may overflow ends at infinity.
    private static Domain? Doubles(string name, Interval a, Interval b)
    {
        var (aLow, aHigh, bLow, bHigh) = (a.Low.AsAnyDouble(), a.High.AsAnyDouble(), b.Low.AsAnyDouble(), b.High.AsAnyDouble());
        return name switch
        {
            "_+_" => Doubles(aLow + bLow, aHigh + bHigh).With(MayBe(aHigh, bLow) || MayBe(bHigh, aLow) ? Kinds.NaN : Kinds.None),
            "_-_" => Doubles(aLow - bHigh, aHigh - bLow).With(MayBe(aHigh, -bHigh) || MayBe(-aLow, bLow) ? Kinds.NaN : Kinds.None),
            "_*_" => Product(aLow, aHigh, bLow, bHigh),
            "_/_" when double.IsFinite(bLow) && double.IsFinite(bHigh) && (bLow > 0 || bHigh < 0) => Corners(aLow / bLow, aLow / bHigh, aHigh / bLow, aHigh / bHigh),
            _ => null,
        };

        // Infinity taken from infinity.
        static bool MayBe(double high, double low) => double.IsPositiveInfinity(high) && double.IsNegativeInfinity(low);
    }

    private static Domain Product(double aLow, double aHigh, double bLow, double bHigh)
    {
        var isFinite = double.IsFinite(aLow) && double.IsFinite(aHigh) && double.IsFinite(bLow) && double.IsFinite(bHigh);
        return isFinite ? Corners(aLow * bLow, aLow * bHigh, aHigh * bLow, aHigh * bHigh)
            : aLow >= 0 && bLow >= 0 ? Doubles(0, double.PositiveInfinity).With(Kinds.NaN)
            : Domain.Of(Kinds.Double | Kinds.NaN);
    }

    private static Domain Corners(params double[] corners) => corners.Any(double.IsNaN) ? Domain.Of(Kinds.Double | Kinds.NaN) : Doubles(corners.Min(), corners.Max());

    private static Domain Doubles(double low, double high) =>
        double.IsNaN(low) || double.IsNaN(high) ? Domain.Of(Kinds.Double | Kinds.NaN) : Domain.Of(Kinds.Double, NumberSet.Of(Interval.Of(low, high)));

    private static double AsAnyDouble(this CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        _ => value.AsDouble,
    };
}
