using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Schemas;

/// <summary>Numbers as RFC 8785 section 3.2.2.3 writes them, which is ECMAScript's Number::toString.</summary>
internal static class CanonicalNumber
{
    private const int LongestPlain = 21;
    private const int MostLeadingZeros = 6;

    /// <summary>The canonical text of a JSON number, if that text has exactly the number's decimal value.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> json, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        if (!ExactNumber.TryRead(json, out var exact))
        {
            return false;
        }

        var nearest = exact.ToDouble();
        if (!double.IsFinite(nearest))
        {
            return false;
        }

        // Invariant: what we judge is what was written; a number that the double only comes near is not silently moved.
        var text = Write(nearest);
        if (!ExactNumber.TryRead(Encoding.ASCII.GetBytes(text), out var back) || back != exact)
        {
            return false;
        }

        canonical = text;
        return true;
    }

    /// <summary>The shortest text that reads back as this double.</summary>
    public static string Write(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number.");
        }

        // The platform's "R" finds the shortest digits; only their layout differs from ECMAScript's.
        var shortest = Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture));
        if (!ExactNumber.TryRead(shortest, out var exact))
        {
            throw new InvalidOperationException("The platform wrote a double with more digits than a double has.");
        }

        var digits = Math.Abs(exact.Mantissa).ToString(CultureInfo.InvariantCulture);
        return (exact.Mantissa < 0 ? "-" : "") + Lay(digits, digits.Length + exact.Exponent);
    }

    // `point` is the place of the decimal point counted from before the first digit.
    private static string Lay(string digits, int point)
    {
        if (digits == "0")
        {
            return digits;
        }

        if (point is > 0 and <= LongestPlain)
        {
            return digits.Length <= point ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > -MostLeadingZeros and <= 0)
        {
            return $"0.{new string('0', -point)}{digits}";
        }

        var exponent = point - 1;
        var fraction = digits.Length == 1 ? "" : $".{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }
}
