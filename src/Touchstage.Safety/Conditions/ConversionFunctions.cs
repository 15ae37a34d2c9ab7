using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>Conversions between types, and <c>dyn</c>, which puts type checking off until evaluation. What does not convert fails.</summary>
internal static class ConversionFunctions
{
    private const NumberStyles DoubleForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static ImmutableArray<Overload> All { get; } =
    [
        Global("dyn", [CelType.Dyn], CelType.Dyn, a => a[0]),
        .. Identities(("bool", CelType.Bool), ("int", CelType.Int), ("uint", CelType.Uint), ("double", CelType.Double), ("string", CelType.String),
            ("bytes", CelType.Bytes), ("timestamp", CelType.Timestamp), ("duration", CelType.Duration)),
        Global("int", [CelType.Uint], CelType.Int, a => a[0].AsUint > long.MaxValue ? CelValue.Failed("The uint does not fit a 64-bit int.") : CelValue.Of((long)a[0].AsUint)),
        Global("int", [CelType.Double], CelType.Int, a => ToInt(a[0].AsDouble)),
        Global("int", [CelType.String], CelType.Int, a => ToInt(a[0].AsString)),
        Global("int", [CelType.Timestamp], CelType.Int, a => CelValue.Of(WholeSeconds(a[0].AsTimestamp))),
        Global("uint", [CelType.Int], CelType.Uint, a => a[0].AsInt < 0 ? CelValue.Failed("The int is negative and does not fit a uint.") : CelValue.Of((ulong)a[0].AsInt)),
        Global("uint", [CelType.Double], CelType.Uint, a => ToUint(a[0].AsDouble)),
        Global("uint", [CelType.String], CelType.Uint, a => ToUint(a[0].AsString)),
        Global("double", [CelType.Int], CelType.Double, a => CelValue.Of((double)a[0].AsInt)),
        Global("double", [CelType.Uint], CelType.Double, a => CelValue.Of((double)a[0].AsUint)),
        Global("double", [CelType.String], CelType.Double, a => ToDouble(a[0].AsString)),
        Global("bool", [CelType.String], CelType.Bool, a => ToBool(a[0].AsString)),
        Global("bytes", [CelType.String], CelType.Bytes, a => ToBytes(a[0].AsString)),
        Global("string", [CelType.Bool], CelType.String, a => CelValue.Of(a[0].AsBool ? "true" : "false")),
        Global("string", [CelType.Int], CelType.String, a => CelValue.Of(a[0].AsInt.ToString(CultureInfo.InvariantCulture))),
        Global("string", [CelType.Uint], CelType.String, a => CelValue.Of(a[0].AsUint.ToString(CultureInfo.InvariantCulture))),
        Global("string", [CelType.Double], CelType.String, a => CelValue.Of(a[0].AsDouble.ToString("R", CultureInfo.InvariantCulture))),
        Global("string", [CelType.Bytes], CelType.String, a => ToText(a[0].AsBytes)),
        Global("string", [CelType.Timestamp], CelType.String, a => CelValue.Of(CelTime.FormatTimestamp(a[0].AsTimestamp))),
        Global("string", [CelType.Duration], CelType.String, a => CelValue.Of(CelTime.FormatDuration(a[0].AsDuration))),
        Global("timestamp", [CelType.String], CelType.Timestamp, a => CelTime.ParseTimestamp(a[0].AsString)),
        Global("timestamp", [CelType.Int], CelType.Timestamp, a => CelValue.OfTimestamp((Int128)a[0].AsInt * CelTime.NanosecondsPerSecond)),
        Global("duration", [CelType.String], CelType.Duration, a => CelTime.ParseDuration(a[0].AsString)),
    ];

    /// <summary>
    /// What the standard converts and a policy does not: an argument that says "NaN" would make every comparison false, and so slip past a <c>forbid</c>.
    /// </summary>
    public static ImmutableArray<Overload> NonFinite { get; } = [Global("double", [CelType.String], CelType.Double, a => a[0].AsString switch
    {
        "NaN" => CelValue.Of(double.NaN),
        "Infinity" or "+Infinity" => CelValue.Of(double.PositiveInfinity),
        "-Infinity" => CelValue.Of(double.NegativeInfinity),
        var text => ToDouble(text),
    })];

    private static IEnumerable<Overload> Identities(params (string Name, CelType Type)[] types) =>
        types.Select(t => Global(t.Name, [t.Type], t.Type, a => a[0]));

    private static CelValue ToInt(double value) =>
        value > -9223372036854775808.0 && value < 9223372036854775808.0
            ? CelValue.Of((long)value)
            : CelValue.Failed("The double does not fit a 64-bit int.");

    private static CelValue ToInt(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? CelValue.Of(value)
            : CelValue.Failed("The text is not a 64-bit int.");

    private static CelValue ToUint(double value) =>
        value >= 0 && value < 18446744073709551616.0
            ? CelValue.Of((ulong)value)
            : CelValue.Failed("The double does not fit a 64-bit uint.");

    private static CelValue ToUint(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? CelValue.Of(value)
            : CelValue.Failed("The text is not a 64-bit uint.");

    private static CelValue ToDouble(string text) =>
        double.TryParse(text, DoubleForm, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
            ? CelValue.Of(value)
            : CelValue.Failed("The text is not a finite double.");

    private static CelValue ToBool(string text) => text switch
    {
        "1" or "t" or "true" or "TRUE" or "True" => CelValue.True,
        "0" or "f" or "false" or "FALSE" or "False" => CelValue.False,
        _ => CelValue.Failed("The text is not a bool."),
    };

    private static CelValue ToBytes(string text) =>
        BoundedResult.TooLarge(Encoding.UTF8.GetByteCount(text)) ?? CelValue.Of([.. Encoding.UTF8.GetBytes(text)]);

    private static CelValue ToText(ImmutableArray<byte> bytes)
    {
        try
        {
            return CelValue.Of(StrictUtf8.GetString(bytes.AsSpan()));
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Failed("The bytes are not UTF-8.");
        }
    }

    private static long WholeSeconds(Int128 nanoseconds)
    {
        var (quotient, rest) = Int128.DivRem(nanoseconds, CelTime.NanosecondsPerSecond);
        return (long)(rest < 0 ? quotient - 1 : quotient);
    }
}
