namespace Touchstage.Safety.Capabilities;

/// <summary>
/// Finds an <c>allow</c> that a stricter rule always covers, as far as the texts tell: the stricter one is <c>true</c>, or one of its
/// <c>||</c> alternatives is also one of the <c>&amp;&amp;</c> parts of the allow.
/// </summary>
internal static class RuleCoverage
{
    public static bool Covers(Rule stricter, Rule allow)
    {
        if (stricter.Effect is RuleEffect.Allow)
        {
            return false;
        }

        var parts = Split(allow.Condition.Text, "&&", unless: "||");
        return Split(stricter.Condition.Text, "||", unless: "?").Any(alternative => alternative == "true" || parts.Contains(alternative, StringComparer.Ordinal));
    }

    // The parts between an operator outside brackets and quotes, without white space; the whole text if an operator that binds less is there too.
    private static List<string> Split(string text, string separator, string unless)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' or '\'':
                    at = EndOfQuote(text, at);
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                default:
                    if (depth == 0 && (Is(text, at, unless) || Is(text, at, "?")))
                    {
                        return [Normal(text)];
                    }

                    if (depth == 0 && Is(text, at, separator))
                    {
                        parts.Add(Normal(text[start..at]));
                        start = at + separator.Length;
                        at = start - 1;
                    }

                    break;
            }
        }

        parts.Add(Normal(text[start..]));
        return parts;
    }

    private static bool Is(string text, int at, string token) => string.CompareOrdinal(text, at, token, 0, token.Length) == 0;

    private static int EndOfQuote(string text, int at)
    {
        var quote = text[at];
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
        }

        return at;
    }

    private static string Normal(string text)
    {
        var trimmed = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return trimmed is ['(', .., ')'] && trimmed.IndexOf(')', StringComparison.Ordinal) == trimmed.Length - 1 ? Normal(trimmed[1..^1]) : trimmed;
    }
}
