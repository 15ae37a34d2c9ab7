using System.Globalization;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>Reads what may follow a backslash anywhere: ECMA-262's CharacterEscape and CharacterClassEscape with the `u` flag.</summary>
internal sealed class EcmaEscapes(EcmaCursor cursor, bool isEnforced)
{
    private const int LastPoint = 0x10FFFF;

    /// <summary>Whether a class such as \d stands there, after the backslash.</summary>
    public bool IsClass => cursor.Current is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P';

    public CodePointSet Class()
    {
        var letter = (char)cursor.Take();
        var set = char.ToLowerInvariant(letter) switch
        {
            'd' => CodePointSet.Digits,
            'w' => CodePointSet.Word,
            's' => CodePointSet.Space,
            _ => Property(),
        };
        return isEnforced && char.IsAsciiLetterUpper(letter) ? set.Complement() : set;
    }

    public int Character(bool isInClass)
    {
        if (cursor.IsAtEnd)
        {
            throw cursor.Bad("it ends in a lone backslash");
        }

        var escaped = cursor.Take();
        switch (escaped)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'b' when isInClass: return '\b';
            case '0' when !char.IsAsciiDigit(cursor.Current): return '\0';
            case 'c' when char.IsAsciiLetter(cursor.Current): return cursor.Take() % 32;
            case 'x': return Hex(2);
            case 'u': return Unicode();
            case '^' or '$' or '\\' or '.' or '*' or '+' or '?' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '/': return escaped;
            case '-' when isInClass: return escaped;
            default: throw cursor.Bad($"`\\{Shown(escaped)}` is no escape of ECMA-262{(IsMark(escaped) ? $": a `{(char)escaped}` is written without the backslash here" : "")}");
        }
    }

    /// <summary>The code point of a \u escape, after the `u`.</summary>
    public int Unicode()
    {
        if (cursor.Take("{"))
        {
            return Braced();
        }

        var value = Hex(4);
        var end = cursor.At;
        if (char.IsHighSurrogate((char)value) && cursor.Take(@"\u") && !cursor.StandsAt("{"))
        {
            var low = Hex(4);
            if (char.IsLowSurrogate((char)low))
            {
                return char.ConvertToUtf32((char)value, (char)low);
            }
        }

        cursor.At = end;
        return Whole(value);
    }

    /// <summary>The code point, unless it is half of a pair and must match something.</summary>
    public int Whole(int point) => isEnforced && point is >= 0xD800 and <= 0xDFFF ? throw cursor.Bad("half of a surrogate pair stands for no character") : point;

    private CodePointSet Property()
    {
        if (!cursor.Take("{") || cursor.TakeUpTo('}') is not { } name)
        {
            throw cursor.Bad("`\\p` must be followed by a property in braces, such as \\p{L}");
        }

        if (!UnicodeProperties.IsKnown(name))
        {
            throw cursor.Bad("`\\p{…}` names no property of Unicode that ECMA-262 knows");
        }

        if (!isEnforced)
        {
            return CodePointSet.Empty;
        }

        return UnicodeProperties.Find(name)
            ?? throw cursor.Bad($"`\\p{{{name}}}` is not supported: there is no data here but for general categories, such as L, Lu or Nd, and {UnicodeProperties.Computed}");
    }

    private int Braced()
    {
        var (value, digits) = (0, 0);
        for (; char.IsAsciiHexDigit(cursor.Current) && value <= LastPoint; digits++)
        {
            value = (value << 4) + Digit();
        }

        return digits > 0 && value <= LastPoint && cursor.Take("}")
            ? Whole(value)
            : throw cursor.Bad("`\\u{` must hold the hexadecimal digits of a code point, up to 10FFFF, and a `}`");
    }

    private int Hex(int digits)
    {
        var value = 0;
        for (var digit = 0; digit < digits; digit++)
        {
            value = char.IsAsciiHexDigit(cursor.Current) ? (value << 4) + Digit() : throw cursor.Bad("an escape lacks its hexadecimal digits");
        }

        return value;
    }

    private int Digit()
    {
        var digit = cursor.Take();
        return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
    }

    private static bool IsMark(int point) => point is > ' ' and < 0x7F && !char.IsAsciiLetterOrDigit((char)point);

    private static string Shown(int point) => point is > ' ' and < 0x7F ? $"{(char)point}" : string.Create(CultureInfo.InvariantCulture, $"u{{{point:x}}}");
}
