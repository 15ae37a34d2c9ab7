using System.Collections.Immutable;
using System.Globalization;

namespace Touchstage.Safety.Conditions;

/// <summary>Cuts a condition's text into tokens, up to the first thing that is none.</summary>
internal sealed class Lexer
{
    private static readonly string[] Symbols =
        ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private readonly string text;
    private readonly ImmutableArray<Token>.Builder tokens = ImmutableArray.CreateBuilder<Token>();
    private int position;
    private ConditionProblem? problem;

    private Lexer(string text) => this.text = text;

    /// <summary>The tokens with an end token last, or the problem.</summary>
    public static (ImmutableArray<Token> Tokens, ConditionProblem? Problem) Read(string text)
    {
        var lexer = new Lexer(text);
        while (lexer.problem is null && lexer.SkipSpace())
        {
            lexer.problem = lexer.ReadToken();
        }

        lexer.tokens.Add(new(TokenKind.End, new(text.Length, 0), ""));
        return (lexer.tokens.ToImmutable(), lexer.problem);
    }

    private char At(int index) => index < text.Length ? text[index] : '\0';

    private bool SkipSpace()
    {
        while (position < text.Length)
        {
            if (text[position] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                position++;
            }
            else if (text[position] == '/' && At(position + 1) == '/')
            {
                int end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private ConditionProblem? ReadToken()
    {
        char c = text[position];
        if (QuotedLiteral.StartsAt(text, position))
        {
            var quoted = QuotedLiteral.Read(text, position);
            return quoted.Problem ?? Add(TokenKind.Literal, quoted.End, quoted.Value);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(position + 1))))
        {
            return ReadNumber();
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            int end = position;
            while (IsWord(At(end)))
            {
                end++;
            }

            return Add(TokenKind.Identifier, end);
        }

        return c == '`' ? ReadQuotedName() : ReadSymbol();
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private ConditionProblem? ReadNumber()
    {
        int end = position;
        if (text[position] == '0' && At(position + 1) is 'x' or 'X')
        {
            end += 2;
            while (char.IsAsciiHexDigit(At(end)))
            {
                end++;
            }

            return end == position + 2 ? Problem(2, "'0x' needs hexadecimal digits.") : FinishNumber(TokenKind.Integer, end);
        }

        end = Digits(end);
        var kind = TokenKind.Integer;
        if (At(end) == '.' && char.IsAsciiDigit(At(end + 1)))
        {
            kind = TokenKind.Literal;
            end = Digits(end + 1);
        }

        if (At(end) is 'e' or 'E')
        {
            int exponent = At(end + 1) is '+' or '-' ? end + 2 : end + 1;
            if (!char.IsAsciiDigit(At(exponent)))
            {
                return Problem(end - position + 1, "The exponent of the number has no digits.");
            }

            kind = TokenKind.Literal;
            end = Digits(exponent);
        }

        return FinishNumber(kind, end);
    }

    private int Digits(int from)
    {
        while (char.IsAsciiDigit(At(from)))
        {
            from++;
        }

        return from;
    }

    private ConditionProblem? FinishNumber(TokenKind kind, int end)
    {
        if (kind == TokenKind.Integer && At(end) is 'u' or 'U' && !IsWord(At(end + 1)))
        {
            return Add(TokenKind.Unsigned, end + 1);
        }

        if (IsWord(At(end)))
        {
            return Problem(end - position + 1, "A number runs into a letter.");
        }

        if (kind == TokenKind.Integer)
        {
            return Add(kind, end);
        }

        double value = double.Parse(text.AsSpan(position, end - position), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? Add(kind, end, CelValue.Of(value)) : Problem(end - position, "The number is too large for a double.");
    }

    private ConditionProblem? ReadQuotedName()
    {
        int end = text.IndexOf('`', position + 1);
        string name = end < 0 ? "" : text[(position + 1)..end];
        if (name.Length == 0 || name.Any(c => !IsWord(c) && c is not ('.' or '-' or '/' or ' ')))
        {
            return Problem(Math.Max(1, end - position + 1), "A name between backticks has letters, digits, '_', '.', '-', '/' and spaces.");
        }

        tokens.Add(new(TokenKind.QuotedName, new(position, end + 1 - position), name));
        position = end + 1;
        return null;
    }

    private ConditionProblem? ReadSymbol()
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0)
            {
                return Add(TokenKind.Symbol, position + symbol.Length);
            }
        }

        return text[position] switch
        {
            '=' => Problem(1, "'=' is no operator.", "Equality is written '=='."),
            '&' or '|' => Problem(1, $"'{text[position]}' is no operator.", $"Write '{text[position]}{text[position]}'."),
            var c => Problem(1, char.IsControl(c) || char.IsSurrogate(c) ? "This character means nothing here." : $"'{c}' means nothing here."),
        };
    }

    private ConditionProblem? Add(TokenKind kind, int end, CelValue? value = null)
    {
        tokens.Add(new(kind, new(position, end - position), text[position..end], value));
        position = end;
        return null;
    }

    private ConditionProblem Problem(int length, string message, string? suggestion = null) => new(position, length, message, suggestion);
}
