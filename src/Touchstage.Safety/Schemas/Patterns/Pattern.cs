using System.Text.RegularExpressions;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>A regular expression of ECMA-262 (with its `u` flag), compiled so that it matches as ECMA-262 says, in bounded time.</summary>
internal sealed class Pattern
{
    private readonly Regex regex;

    private Pattern(string source, Regex regex)
    {
        Source = source;
        this.regex = regex;
    }

    public string Source { get; }

    /// <summary>The pattern, or why it cannot be enforced, as the end of a sentence.</summary>
    public static (Pattern? Pattern, string? Why) Compile(string source)
    {
        var (regex, why) = EcmaPattern.Compile(source);
        return (regex is null ? null : new(source, regex), why);
    }

    /// <summary>Whether a text is an expression of ECMA-262 at all; one that cannot be enforced here may still be.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) => EcmaPattern.Compile(text.ToString()).Pattern is not null;

    public PatternMatch Match(ReadOnlySpan<char> text)
    {
        try
        {
            return regex.IsMatch(text) ? PatternMatch.Yes : PatternMatch.No;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternMatch.TimedOut;
        }
    }
}
