using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>Reads one text or bytes literal: plain, raw, single or triple quoted, with CEL's escapes.</summary>
internal sealed class QuotedLiteral
{
    private readonly string text;
    private readonly int start;
    private readonly List<byte> bytes = [];
    private readonly StringBuilder characters = new();
    private bool isRaw;
    private bool isBytes;
    private int position;

    private QuotedLiteral(string text, int start)
    {
        this.text = text;
        this.start = start;
        position = start;
    }

    /// <summary>Whether a literal begins here: a quote, or the letters r and b before one.</summary>
    public static bool StartsAt(string text, int index)
    {
        int letters = 0;
        while (letters < 2 && index + letters < text.Length && text[index + letters] is 'r' or 'R' or 'b' or 'B')
        {
            letters++;
        }

        bool isPrefix = letters < 2 || char.ToLowerInvariant(text[index]) != char.ToLowerInvariant(text[index + 1]);
        return isPrefix && index + letters < text.Length && text[index + letters] is '"' or '\'';
    }

    public static (CelValue? Value, int End, ConditionProblem? Problem) Read(string text, int start)
    {
        var literal = new QuotedLiteral(text, start);
        var problem = literal.ReadAll();
        var value = literal.isBytes ? CelValue.Of([.. literal.bytes]) : CelValue.Of(literal.characters.ToString());
        return (value, literal.position, problem);
    }

    private char At(int index) => index < text.Length ? text[index] : '\0';

    private ConditionProblem? ReadAll()
    {
        for (; text[position] is not ('"' or '\''); position++)
        {
            isRaw |= text[position] is 'r' or 'R';
            isBytes |= text[position] is 'b' or 'B';
        }

        char quote = text[position];
        bool isTriple = At(position + 1) == quote && At(position + 2) == quote;
        position += isTriple ? 3 : 1;
        while (position < text.Length)
        {
            char c = text[position];
            if (c == quote && (!isTriple || (At(position + 1) == quote && At(position + 2) == quote)))
            {
                position += isTriple ? 3 : 1;
                return null;
            }

            if (c is '\n' or '\r' && !isTriple)
            {
                break;
            }

            if (c == '\\' && !isRaw)
            {
                if (ReadEscape() is { } problem)
                {
                    return problem;
                }
            }
            else
            {
                int length = c == '\\' && position + 1 < text.Length && (isTriple || At(position + 1) is not ('\n' or '\r')) ? 2 : 1;
                length = char.IsHighSurrogate(text[position + length - 1]) && position + length < text.Length ? length + 1 : length;
                Add(text.AsSpan(position, length));
                position += length;
            }
        }

        return new(start, position - start, "The text is not closed.", isTriple ? $"Close it with {new string(quote, 3)}." : $"Close it with {quote}.");
    }

    private void Add(ReadOnlySpan<char> part)
    {
        if (isBytes)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(part.ToArray()));
        }
        else
        {
            characters.Append(part);
        }
    }

    private ConditionProblem? ReadEscape()
    {
        char c = At(position + 1);
        int simple = "abfnrtv\\?\"'`".IndexOf(c, StringComparison.Ordinal);
        if (c != '\0' && simple >= 0)
        {
            Add(["\a\b\f\n\r\t\v\\?\"'`"[simple]]);
            position += 2;
            return null;
        }

        (int from, int digits, int radix) = c switch
        {
            'x' or 'X' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            >= '0' and <= '3' => (1, 3, 8),
            _ => (0, 0, 0),
        };
        if (digits == 0 || !TryNumber(position + from, digits, radix, out long code))
        {
            return new(position, Math.Min(2, text.Length - position), "This is no escape sequence.",
                "Known are \\n \\r \\t \\\\ \\' \\\" \\xHH \\uHHHH \\UHHHHHHHH \\OOO; a raw text r'…' has none.");
        }

        if (isBytes ? c is 'u' or 'U' : !Rune.IsValid((int)Math.Min(code, int.MaxValue)))
        {
            return new(position, from + digits, isBytes ? "Bytes have no code points." : "This is no Unicode code point.", isBytes ? "Write \\xHH." : null);
        }

        if (isBytes)
        {
            bytes.Add((byte)code);
        }
        else
        {
            characters.Append(new Rune((int)code).ToString());
        }

        position += from + digits;
        return null;
    }

    private bool TryNumber(int from, int digits, int radix, out long code)
    {
        code = 0;
        for (int i = 0; i < digits; i++)
        {
            char c = At(from + i);
            int digit = char.IsAsciiHexDigit(c) ? int.Parse([c], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : radix;
            if (digit >= radix)
            {
                return false;
            }

            code = (code * radix) + digit;
        }

        return true;
    }
}
