using System.Buffers;
using System.Text;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>A URI template by the grammar of RFC 6570 section 2, all four levels of it.</summary>
internal static class UriTemplate
{
    private const int MaxPrefixDigits = 4;

    private static readonly SearchValues<char> NoLiteral = SearchValues.Create(" \"<>\\^`{|}\u007f");

    public static bool Holds(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var length = text[0] == '{' ? text.IndexOf('}') + 1 : Literal(text);
            if (length == 0 || (text[0] == '{' && !IsExpression(text[1..(length - 1)])))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    // The length of the literal character at the start, or 0 if there is none.
    private static int Literal(ReadOnlySpan<char> text)
    {
        if (text[0] == '%')
        {
            return UriCharacters.IsOctet(text) ? 3 : 0;
        }

        if (char.IsAscii(text[0]))
        {
            return text[0] < ' ' || NoLiteral.Contains(text[0]) ? 0 : 1;
        }

        Rune.DecodeFromUtf16(text, out var rune, out var length);
        return UriCharacters.IsInternational(rune) || UriCharacters.IsPrivate(rune) ? length : 0;
    }

    private static bool IsExpression(ReadOnlySpan<char> text)
    {
        if (text is ['+' or '#' or '.' or '/' or ';' or '?' or '&' or '=' or ',' or '!' or '@' or '|', ..])
        {
            text = text[1..];
        }

        for (var comma = text.IndexOf(','); comma >= 0; comma = text.IndexOf(','))
        {
            if (!IsVariable(text[..comma]))
            {
                return false;
            }

            text = text[(comma + 1)..];
        }

        return IsVariable(text);
    }

    private static bool IsVariable(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon >= 0)
        {
            return IsName(text[..colon]) && text[(colon + 1)..] is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', .. var digits]
                && digits.Length < MaxPrefixDigits && Digits.AreAll(digits);
        }

        return IsName(text is [.., '*'] ? text[..^1] : text);
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        var mayBeDot = false;
        while (!text.IsEmpty)
        {
            var length = UriCharacters.IsOctet(text) ? 3 : char.IsAsciiLetterOrDigit(text[0]) || text[0] == '_' || (text[0] == '.' && mayBeDot) ? 1 : 0;
            if (length == 0)
            {
                return false;
            }

            mayBeDot = text[0] != '.';
            text = text[length..];
        }

        return mayBeDot;
    }
}
