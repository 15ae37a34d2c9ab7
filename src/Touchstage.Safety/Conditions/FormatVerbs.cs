using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>What one verb of <c>format</c> writes for one value.</summary>
internal static class FormatVerbs
{
    /// <summary>Writes the value; null, or why it cannot be written so.</summary>
    public static CelValue? Write(BoundedText result, char verb, int precision, CelValue value)
    {
        if (verb == 's')
        {
            return ValueText.Write(result, value);
        }

        string? text = verb switch
        {
            'd' => Decimal(value),
            'f' => Number(value) is { } number ? DoubleText.Fixed(number, precision) : null,
            'e' => Number(value) is { } number ? DoubleText.Scientific(number, precision) : null,
            'b' => value.Kind == CelKind.Bool ? (value.AsBool ? "1" : "0") : Digits(value, "b"),
            'o' => Octal(value),
            'x' or 'X' => Hexadecimal(value, verb),
            _ => null,
        };
        result.Append(text);
        return text is not null ? null
            : CelValue.Failed(verb is 'd' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X' ? $"'%{verb}' does not take this type of value." : "The format has a verb that does not exist.");
    }

    private static string? Decimal(CelValue value) => value.Kind == CelKind.Double ? DoubleText.Plain(value.AsDouble) : Digits(value, "d");

    private static double? Number(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        CelKind.Double => value.AsDouble,
        _ => null,
    };

    /// <summary>An int or uint with its sign before its digits, whatever the base: what a two's complement looks like is nobody's question.</summary>
    private static string? Digits(CelValue value, string form) => value.Kind switch
    {
        CelKind.Uint => value.AsUint.ToString(form, CultureInfo.InvariantCulture),
        CelKind.Int => (value.AsInt < 0 ? "-" : "") + Magnitude(value.AsInt).ToString(form, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Octal(CelValue value)
    {
        if (value.Kind is not (CelKind.Int or CelKind.Uint))
        {
            return null;
        }

        bool isNegative = value.Kind == CelKind.Int && value.AsInt < 0;
        var digits = new StringBuilder();
        for (ulong rest = isNegative ? Magnitude(value.AsInt) : value.AsUint; rest > 0 || digits.Length == 0; rest >>= 3)
        {
            digits.Insert(0, (char)('0' + (rest & 7)));
        }

        return (isNegative ? "-" : "") + digits;
    }

    private static string? Hexadecimal(CelValue value, char verb)
    {
        var bytes = value.Kind switch
        {
            CelKind.String => Encoding.UTF8.GetBytes(value.AsString),
            CelKind.Bytes => value.AsBytes.AsSpan(),
            _ => default,
        };
        return value.Kind is not (CelKind.String or CelKind.Bytes) ? Digits(value, verb.ToString())
            : verb == 'x' ? Convert.ToHexStringLower(bytes) : Convert.ToHexString(bytes);
    }

    private static ulong Magnitude(long value) => value < 0 ? unchecked((ulong)-value) : (ulong)value;
}
