using System.Text;
using System.Text.RegularExpressions;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// Turns an RE2 pattern, which CEL prescribes, into a .NET one that matches the same and runs in linear time. What the two engines
/// read differently and cannot be translated is refused: in .NET <c>$</c> also matches before a last newline, and <c>\d</c> any script's digits.
/// </summary>
internal static class RegexPattern
{
    private const string Refused = "The pattern uses what is not supported:";

    /// <summary>The compiled pattern, or why there is none.</summary>
    public static (Regex? Regex, string? Error) Compile(string pattern)
    {
        var (translated, error) = Translate(pattern);
        if (error is not null)
        {
            return (null, error);
        }

        try
        {
            return (new Regex(translated!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout), null);
        }
        catch (ArgumentException)
        {
            return (null, "The pattern is not a regular expression.");
        }
        catch (NotSupportedException)
        {
            return (null, "The pattern is too large, or needs backtracking.");
        }
    }

    private static (string? Pattern, string? Error) Translate(string pattern)
    {
        var result = new StringBuilder();
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            char after = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            if (c == '\\')
            {
                if (Escape(after, inClass) is not { } escape)
                {
                    return (null, $"{Refused} '\\{(char.IsControl(after) ? ' ' : after)}'{(inClass ? " in a class" : "")}.");
                }

                int hex = after == 'x' ? 2 : 0;
                result.Append(escape).Append(pattern.AsSpan(Math.Min(i + 2, pattern.Length), Math.Min(hex, pattern.Length - Math.Min(i + 2, pattern.Length))));
                i += 1 + hex;
            }
            else if (inClass)
            {
                if (c == '[' || (c == '-' && after == '['))
                {
                    return (null, $"{Refused} '[' inside a class; write '\\['.");
                }

                inClass = c != ']';
                result.Append(c);
            }
            else if (c == '(' && after == '?' && pattern.AsSpan(i) is var group && !group.StartsWith("(?:") && !group.StartsWith("(?i)") && !group.StartsWith("(?s)"))
            {
                return (null, $"{Refused} a group '(?' other than (?:…), (?i) and (?s).");
            }
            else if (c == '[')
            {
                inClass = true;
                result.Append(c);
                if (after == '^')
                {
                    result.Append('^');
                    i++;
                }

                if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                {
                    result.Append("\\]");
                    i++;
                }
            }
            else
            {
                result.Append(c == '$' ? "\\z" : c.ToString());
            }
        }

        return (result.ToString(), null);
    }

    private static string? Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        'S' when !inClass => "[^\\t\\n\\f\\r ]",
        'A' or 'z' when !inClass => $"\\{c}",
        'p' or 'P' or 'n' or 'r' or 't' or 'f' or 'v' or 'x' => $"\\{c}",
        _ when char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) => $"\\{c}",
        _ => null,
    };
}
