using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>The operators <c>+ - * / %</c> and the sign. An int or uint that overflows is an error; int, uint and double do not mix.</summary>
internal static class ArithmeticFunctions
{
    private static readonly CelType AnyList = CelType.List(CelType.Dyn);

    public static ImmutableArray<Overload> All { get; } =
    [
        .. Int("+", (a, b) => a + b),
        .. Int("-", (a, b) => a - b),
        .. Int("*", (a, b) => a * b),
        Global("_/_", [CelType.Int, CelType.Int], CelType.Int, a =>
            a[1].AsInt == 0 ? CelValue.Failed("An int is divided by zero.") : Checked(a[0].AsInt, a[1].AsInt, (x, y) => x / y)),
        Global("_%_", [CelType.Int, CelType.Int], CelType.Int, a =>
            a[1].AsInt == 0 ? CelValue.Failed("The rest of a division by zero is asked.") : Checked(a[0].AsInt, a[1].AsInt, (x, y) => x % y)),
        Global("-_", [CelType.Int], CelType.Int, a => Checked(0, a[0].AsInt, (x, y) => x - y)),
        .. Uint("+", (a, b) => a + b),
        Global("_-_", [CelType.Uint, CelType.Uint], CelType.Uint, a =>
            a[0].AsUint < a[1].AsUint ? CelValue.Failed("A uint falls below zero.") : CelValue.Of(a[0].AsUint - a[1].AsUint)),
        .. Uint("*", (a, b) => a * b),
        Global("_/_", [CelType.Uint, CelType.Uint], CelType.Uint, a => a[1].AsUint == 0 ? CelValue.Failed("A uint is divided by zero.") : CelValue.Of(a[0].AsUint / a[1].AsUint)),
        Global("_%_", [CelType.Uint, CelType.Uint], CelType.Uint, a =>
            a[1].AsUint == 0 ? CelValue.Failed("The rest of a division by zero is asked.") : CelValue.Of(a[0].AsUint % a[1].AsUint)),
        .. Double("+", (a, b) => a + b),
        .. Double("-", (a, b) => a - b),
        .. Double("*", (a, b) => a * b),
        .. Double("/", (a, b) => a / b),
        Global("-_", [CelType.Double], CelType.Double, a => CelValue.Of(-a[0].AsDouble)),
        Global("_+_", [CelType.String, CelType.String], CelType.String, a => CelValue.Of(a[0].AsString + a[1].AsString)),
        Global("_+_", [CelType.Bytes, CelType.Bytes], CelType.Bytes, a => CelValue.Of(a[0].AsBytes.AddRange(a[1].AsBytes))),
        Global("_+_", [AnyList, AnyList], AnyList, a => CelValue.List(a[0].AsList.AddRange(a[1].AsList))),
        Global("_+_", [CelType.Timestamp, CelType.Duration], CelType.Timestamp, a => CelValue.OfTimestamp(a[0].AsTimestamp + a[1].AsDuration)),
        Global("_+_", [CelType.Duration, CelType.Timestamp], CelType.Timestamp, a => CelValue.OfTimestamp(a[1].AsTimestamp + a[0].AsDuration)),
        Global("_+_", [CelType.Duration, CelType.Duration], CelType.Duration, a => CelValue.OfDuration((Int128)a[0].AsDuration + a[1].AsDuration)),
        Global("_-_", [CelType.Timestamp, CelType.Duration], CelType.Timestamp, a => CelValue.OfTimestamp(a[0].AsTimestamp - a[1].AsDuration)),
        Global("_-_", [CelType.Timestamp, CelType.Timestamp], CelType.Duration, a => CelValue.OfDuration(a[0].AsTimestamp - a[1].AsTimestamp)),
        Global("_-_", [CelType.Duration, CelType.Duration], CelType.Duration, a => CelValue.OfDuration((Int128)a[0].AsDuration - a[1].AsDuration)),
    ];

    private static IEnumerable<Overload> Int(string symbol, Func<Int128, Int128, Int128> operation) =>
        [Global(Operator(symbol), [CelType.Int, CelType.Int], CelType.Int, a => Checked(a[0].AsInt, a[1].AsInt, operation))];

    private static IEnumerable<Overload> Uint(string symbol, Func<UInt128, UInt128, UInt128> operation) =>
        [Global(Operator(symbol), [CelType.Uint, CelType.Uint], CelType.Uint, a => Checked(operation(a[0].AsUint, a[1].AsUint)))];

    private static IEnumerable<Overload> Double(string symbol, Func<double, double, double> operation) =>
        [Global(Operator(symbol), [CelType.Double, CelType.Double], CelType.Double, a => CelValue.Of(operation(a[0].AsDouble, a[1].AsDouble)))];

    // 128 bits hold every result of one operation on 64, so the range check is the only overflow check.
    private static CelValue Checked(long a, long b, Func<Int128, Int128, Int128> operation)
    {
        var result = operation(a, b);
        return result < long.MinValue || result > long.MaxValue ? CelValue.Failed("An int overflows 64 bits.") : CelValue.Of((long)result);
    }

    private static CelValue Checked(UInt128 result) => result > ulong.MaxValue ? CelValue.Failed("A uint overflows 64 bits.") : CelValue.Of((ulong)result);
}
