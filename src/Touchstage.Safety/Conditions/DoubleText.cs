using System.Globalization;
using System.Numerics;

namespace Touchstage.Safety.Conditions;

/// <summary>Doubles as decimal text. Rounding looks at every digit of the double, and half goes to the even neighbour.</summary>
internal static class DoubleText
{
    private const int FractionBits = 52;
    private const int ExponentBias = 1_075;

    /// <summary>The fewest digits that read back as the same double, without exponent.</summary>
    public static string Plain(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0)
        {
            return text;
        }

        int exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string sign = value < 0 ? "-" : "";
        string digits = text[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        int whole = exponent + 1;
        return digits.Length <= whole ? sign + digits.PadRight(whole, '0') : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    /// <summary>With so many decimals.</summary>
    public static string Fixed(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return Plain(value);
        }

        string digits = Scaled(value, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return Sign(value) + digits[..^precision] + (precision == 0 ? "" : $".{digits[^precision..]}");
    }

    /// <summary>One digit, so many decimals, and an exponent of two digits or more.</summary>
    public static string Scientific(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return Plain(value);
        }

        // The runtime's own exponent may be one off once the digits are rounded, in either direction.
        string estimate = value.ToString("E16", CultureInfo.InvariantCulture);
        int exponent = int.Parse(estimate.AsSpan(estimate.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = Digits(value, precision, exponent);
        if (value != 0 && digits.Length != precision + 1)
        {
            exponent += digits.Length > precision + 1 ? 1 : -1;
            digits = Digits(value, precision, exponent);
        }

        digits = digits.PadLeft(precision + 1, '0');
        string fraction = precision == 0 ? "" : $".{digits[1..]}";
        return $"{Sign(value)}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("D2", CultureInfo.InvariantCulture)}";
    }

    private static string Digits(double value, int precision, int exponent) => Scaled(value, precision - exponent).ToString(CultureInfo.InvariantCulture);

    private static string Sign(double value) => double.IsNegative(value) ? "-" : "";

    /// <summary>The magnitude times a power of ten, rounded to a whole number.</summary>
    private static BigInteger Scaled(double value, int power)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        ulong fraction = bits & ((1UL << FractionBits) - 1);
        int exponent = (int)(bits >> FractionBits) & 0x7FF;
        BigInteger numerator = exponent == 0 ? fraction : fraction | (1UL << FractionBits);
        int shift = Math.Max(exponent, 1) - ExponentBias;
        var denominator = BigInteger.One << Math.Max(0, -shift);
        numerator <<= Math.Max(0, shift);
        numerator *= BigInteger.Pow(10, Math.Max(0, power));
        denominator *= BigInteger.Pow(10, Math.Max(0, -power));
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        int half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !whole.IsEven) ? whole + 1 : whole;
    }
}
