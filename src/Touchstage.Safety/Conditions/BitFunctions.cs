using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>The functions of <c>math</c> on the 64 bits of an int or uint.</summary>
internal static class BitFunctions
{
    private const int Bits = 64;

    public static ImmutableArray<Overload> All { get; } =
    [
        .. Pair("math.bitAnd", (a, b) => a & b),
        .. Pair("math.bitOr", (a, b) => a | b),
        .. Pair("math.bitXor", (a, b) => a ^ b),
        Global("math.bitNot", [CelType.Int], CelType.Int, a => CelValue.Of(~a[0].AsInt)),
        Global("math.bitNot", [CelType.Uint], CelType.Uint, a => CelValue.Of(~a[0].AsUint)),
        .. Shift("math.bitShiftLeft", (value, by) => value << by),

        // An int is shifted as its bits are: zeros come in at the left, whatever its sign.
        .. Shift("math.bitShiftRight", (value, by) => value >> by),
    ];

    private static IEnumerable<Overload> Pair(string name, Func<ulong, ulong, ulong> operation) =>
    [
        Global(name, [CelType.Int, CelType.Int], CelType.Int, a => CelValue.Of(unchecked((long)operation(a[0].AsUint, a[1].AsUint)))),
        Global(name, [CelType.Uint, CelType.Uint], CelType.Uint, a => CelValue.Of(operation(a[0].AsUint, a[1].AsUint))),
    ];

    private static IEnumerable<Overload> Shift(string name, Func<ulong, int, ulong> operation) =>
    [
        Global(name, [CelType.Int, CelType.Int], CelType.Int, a => Shifted(a, operation) is { } bits ? CelValue.Of(unchecked((long)bits)) : Negative),
        Global(name, [CelType.Uint, CelType.Int], CelType.Uint, a => Shifted(a, operation) is { } bits ? CelValue.Of(bits) : Negative),
    ];

    private static CelValue Negative { get; } = CelValue.Failed("Bits are shifted by a negative number.");

    private static ulong? Shifted(CelValue[] arguments, Func<ulong, int, ulong> operation) => arguments[1].AsInt switch
    {
        < 0 => null,
        >= Bits => 0,
        var by => operation(arguments[0].AsUint, (int)by),
    };
}
