using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>
/// Translates an ECMA-262 regular expression (as with the `u` flag) into one for .NET's engine without backtracking, so that matching time is linear in the
/// text. What that engine cannot do, or would do differently, is refused with a reason.
/// </summary>
internal sealed class EcmaPattern
{
    private readonly string source;
    private readonly StringBuilder regex = new();
    private int at;
    private int groups;
    private bool canRepeat;

    private EcmaPattern(string source) => this.source = source;

    private char Current => at < source.Length ? source[at] : '\0';

    public static (Regex? Pattern, string? Why) Compile(string source)
    {
        try
        {
            var translated = new EcmaPattern(source).Translate();
            return (new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (FormatException unsupported)
        {
            return (null, unsupported.Message);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            return (null, "it is not a valid expression, or its repetitions make it too large.");
        }
    }

    private string Translate()
    {
        while (at < source.Length)
        {
            Term();
        }

        return groups == 0 ? regex.ToString() : throw Bad("a group is not closed");
    }

    private void Term()
    {
        switch (Current)
        {
            case '^':
                Put(@"\A", repeatable: false);
                break;
            case '$':
                // .NET's own $ would let a final newline through.
                Put(@"\z", repeatable: false);
                break;
            case '|':
                Put("|", repeatable: false);
                break;
            case '.':
                Put(CodePointSet.Dot.ToRegex(), repeatable: true);
                break;
            case '(':
                Group();
                break;
            case ')':
                groups = groups > 0 ? groups - 1 : throw Bad("a `)` has no `(`");
                Put(")", repeatable: true);
                break;
            case '[':
                at++;
                Emit(Class());
                break;
            case '\\':
                Emit(Escape(isInClass: false));
                break;
            case '*' or '+' or '?' or '{':
                Repeat();
                break;
            case ']' or '}':
                throw Bad($"a lone `{Current}` must be written `\\{Current}`");
            default:
                Emit(Literal());
                break;
        }
    }

    private void Put(string text, bool repeatable)
    {
        regex.Append(text);
        canRepeat = repeatable;
        at++;
    }

    private void Emit(CodePointSet set)
    {
        regex.Append(set.ToRegex());
        canRepeat = true;
    }

    private void Group()
    {
        if (source.AsSpan(at).StartsWith("(?"))
        {
            var rest = source.AsSpan(at + 2);
            if (rest is ['=', ..] or ['!', ..] or ['<', '=', ..] or ['<', '!', ..])
            {
                throw Bad("it looks ahead or behind, which cannot be matched in linear time");
            }

            var close = rest.IndexOf('>');
            at += rest switch
            {
                [':', ..] => 2,
                ['<', ..] when close > 1 => close + 2,
                _ => throw Bad("`(?` must be followed by `:` or a group's name"),
            };
        }

        groups++;
        Put("(?:", repeatable: false);
    }

    private void Repeat()
    {
        if (!canRepeat)
        {
            throw Bad($"there is nothing to repeat before the `{Current}` (a literal one is written `\\{Current}`)");
        }

        var end = at + 1;
        if (Current == '{')
        {
            end = source.IndexOf('}', at) + 1;
            var inside = end > 0 ? source[(at + 1)..(end - 1)] : "";
            var bounds = inside.Split(',');
            if (bounds.Length > 2 || bounds[0].Length == 0 || !bounds.All(b => b.Length <= 5 && b.All(char.IsAsciiDigit)))
            {
                throw Bad("a `{` must start a repetition such as {2}, {2,} or {2,5}; a literal one is written `\\{`");
            }
        }

        if (end < source.Length && source[end] == '?')
        {
            end++;
        }

        regex.Append(source, at, end - at);
        at = end;
        canRepeat = false;
    }

    private CodePointSet Literal()
    {
        var rune = Rune.GetRuneAt(source, at);
        at += rune.Utf16SequenceLength;
        return CodePointSet.Range(rune.Value, rune.Value);
    }

    private CodePointSet Class()
    {
        var isNegated = Current == '^';
        at += isNegated ? 1 : 0;
        var set = CodePointSet.Empty;
        while (Current != ']' || at >= source.Length)
        {
            var first = Member(out var from);
            if (Current == '-' && at + 1 < source.Length && source[at + 1] != ']')
            {
                at++;
                Member(out var to);
                first = from is { } low && to is { } high && low <= high
                    ? CodePointSet.Range(low, high)
                    : throw Bad("a range in a class must go from a lower to a higher character");
            }

            set = set.Union(first);
        }

        at++;
        return isNegated ? set.Complement() : set;
    }

    // `single` is the one code point that the member stands for, or null for a class escape such as \d.
    private CodePointSet Member(out int? single)
    {
        if (at >= source.Length)
        {
            throw Bad("a `[` is not closed");
        }

        var isClassEscape = Current == '\\' && at + 1 < source.Length && "dDwWsSpP".Contains(source[at + 1], StringComparison.Ordinal);
        var start = at;
        single = null;
        if (isClassEscape)
        {
            return Escape(isInClass: true);
        }

        int value;
        if (Current == '\\')
        {
            at++;
            value = EscapedCharacter(isInClass: true);
        }
        else
        {
            value = Rune.GetRuneAt(source, start).Value;
            at += value > char.MaxValue ? 2 : 1;
        }

        single = value;
        return CodePointSet.Range(value, value);
    }

    private CodePointSet Escape(bool isInClass)
    {
        at++;
        switch (Current)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                var letter = source[at++];
                var set = char.ToLowerInvariant(letter) switch { 'd' => CodePointSet.Digits, 'w' => CodePointSet.Word, _ => CodePointSet.Space };
                return char.IsAsciiLetterUpper(letter) ? set.Complement() : set;
            case 'p' or 'P':
                return Property();
            default:
                var value = EscapedCharacter(isInClass);
                return CodePointSet.Range(value, value);
        }
    }

    private CodePointSet Property()
    {
        var isNegated = Current == 'P';
        var close = source.IndexOf('}', at);
        if (close < 0 || at + 1 >= source.Length || source[at + 1] != '{')
        {
            throw Bad("`\\p` must be followed by a category in braces, such as \\p{L}");
        }

        var name = source[(at + 2)..close];
        at = close + 1;
        var set = UnicodeCategories.Find(name) ?? throw Bad("this property of Unicode is not supported: only general categories such as L, Lu or Nd are");
        return isNegated ? set.Complement() : set;
    }

    private int EscapedCharacter(bool isInClass)
    {
        var escaped = at < source.Length ? source[at++] : throw Bad("it ends in a lone backslash");
        switch (escaped)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'b' when isInClass: return '\b';
            case 'b' or 'B': throw Bad("word boundaries mean something else in this engine; name the characters that may stand there");
            case '0' when !char.IsAsciiDigit(Current): return '\0';
            case >= '0' and <= '9' or 'k': throw Bad("it refers back to a group, which cannot be matched in linear time");
            case 'c' when char.IsAsciiLetter(Current): return source[at++] % 32;
            case 'x': return Hex(2);
            case 'u': return UnicodeEscape();
            default:
                return char.IsAsciiLetter(escaped) || !char.IsAscii(escaped) ? throw Bad("this is no escape of ECMA-262") : escaped;
        }
    }

    private int UnicodeEscape()
    {
        int value;
        if (Current == '{')
        {
            var close = source.IndexOf('}', at);
            at++;
            value = close - at is >= 1 and <= 6 ? Hex(close - at) : throw Bad("`\\u{` must hold one to six hexadecimal digits");
            at++;
        }
        else
        {
            value = Hex(4);
            if (char.IsHighSurrogate((char)value) && source.AsSpan(at).StartsWith(@"\u"))
            {
                at += 2;
                var low = Hex(4);
                value = char.IsLowSurrogate((char)low) ? char.ConvertToUtf32((char)value, (char)low) : throw Bad("half of a surrogate pair stands for no character");
            }
        }

        return Rune.IsValid(value) ? value : throw Bad("half of a surrogate pair stands for no character");
    }

    private int Hex(int digits)
    {
        if (at + digits > source.Length || !int.TryParse(source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Bad("an escape lacks its hexadecimal digits");
        }

        at += digits;
        return value;
    }

    private FormatException Bad(string why) => new(string.Create(CultureInfo.InvariantCulture, $"{why} (near character {Math.Min(at + 1, source.Length)})."));
}
