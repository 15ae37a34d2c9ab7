using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// A decimal number without loss: <c>Mantissa × 10^Exponent</c>, the mantissa free of trailing zeros, so that equal numbers are equal fields.
/// It holds every canonical JSON number (at most 17 significant digits); bounds and multiples are judged on it and never on doubles.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExactNumber : IComparable<ExactNumber>
{
    private const int MaxDigits = 17;
    private const int MaxExponent = 400;
    private const int Saturated = 10_000_000;

    private ExactNumber(long mantissa, int exponent)
    {
        Mantissa = mantissa;
        Exponent = exponent;
    }

    public long Mantissa { get; }

    public int Exponent { get; }

    /// <summary>Whether the value is whole: 1.0 and 1e2 are.</summary>
    public bool IsInteger => Exponent >= 0;

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a JSON number in one pass over its text, whatever its exponent; false if no double is written with so many digits or so large an exponent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out ExactNumber number)
    {
        number = default;
        long mantissa = 0;
        int digits = 0, zeros = 0, fraction = 0, at = 0;
        var isNegative = json is [(byte)'-', ..];
        var isFraction = false;
        for (at = isNegative ? 1 : 0; at < json.Length && json[at] is not ((byte)'e' or (byte)'E'); at++)
        {
            if (json[at] == '.')
            {
                isFraction = true;
                continue;
            }

            fraction += isFraction ? 1 : 0;
            if (json[at] == '0')
            {
                zeros += mantissa == 0 ? 0 : 1;
                continue;
            }

            digits += zeros + 1;
            if (digits > MaxDigits)
            {
                return false;
            }

            for (; zeros >= 0; zeros--)
            {
                mantissa *= 10;
            }

            zeros = 0;
            mantissa += json[at] - '0';
        }

        if (mantissa == 0)
        {
            return true;
        }

        var exponent = ReadExponent(json[at..]) + zeros - fraction;
        if (exponent is < -MaxExponent or > MaxExponent)
        {
            return false;
        }

        number = new(isNegative ? -mantissa : mantissa, exponent);
        return true;
    }

    /// <summary>Reads a number of a canonical document.</summary>
    public static ExactNumber Of(JsonElement canonical) => TryRead(JsonMarshal.GetRawUtf8Value(canonical), out var number)
        ? number
        : throw new InvalidOperationException("The number does not come from a canonical document.");

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
    {
        if (Mantissa == 0 || other.Mantissa == 0 || Math.Sign(Mantissa) != Math.Sign(other.Mantissa))
        {
            return Math.Sign(Mantissa).CompareTo(Math.Sign(other.Mantissa));
        }

        // A mantissa has at most 17 digits: past that distance the exponent alone decides.
        var distance = Exponent - other.Exponent;
        return Math.Abs(distance) > MaxDigits
            ? Math.Sign(distance) * Math.Sign(Mantissa)
            : Scaled(Math.Max(distance, 0)).CompareTo(other.Scaled(Math.Max(-distance, 0)));
    }

    /// <summary>Whether the value is a whole number of <paramref name="unit"/>s, exactly: 19.99 is one of 0.01.</summary>
    public bool IsMultipleOf(ExactNumber unit)
    {
        if (Mantissa == 0)
        {
            return true;
        }

        // A mantissa has no trailing zeros, so a value finer than the unit is no multiple of it.
        Int128 rest = Math.Abs(Mantissa);
        for (var power = Exponent - unit.Exponent; power != 0 && rest != 0; power--)
        {
            if (power < 0)
            {
                return false;
            }

            rest = rest % unit.Mantissa * 10;
        }

        return rest % unit.Mantissa == 0;
    }

    /// <summary>The nearest double.</summary>
    public double ToDouble() => double.Parse(
        string.Create(CultureInfo.InvariantCulture, $"{Mantissa}E{Exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int ReadExponent(ReadOnlySpan<byte> json)
    {
        var exponent = 0;
        var isNegative = json is [_, (byte)'-', ..];
        foreach (var digit in json)
        {
            if (char.IsAsciiDigit((char)digit) && exponent < Saturated)
            {
                exponent = (exponent * 10) + (digit - '0');
            }
        }

        return isNegative ? -exponent : exponent;
    }

    private Int128 Scaled(int power)
    {
        Int128 scaled = Mantissa;
        for (; power > 0; power--)
        {
            scaled *= 10;
        }

        return scaled;
    }
}
