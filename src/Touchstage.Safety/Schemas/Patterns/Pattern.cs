using System.Text.RegularExpressions;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>
/// A regular expression of ECMA-262 (with its `u` flag), compiled so that it matches as ECMA-262 says, in bounded time: without backtracking where that is sure
/// to be quick, and else with a time-out.
/// </summary>
internal sealed class Pattern
{
    // Without backtracking, a character takes a few nanoseconds for each part of the expression at worst: a tenth of a second for all of this.
    private const long MaxLinearWork = 30_000_000;

    private static readonly TimeSpan LongestBacktracking = TimeSpan.FromMilliseconds(50);

    private readonly long size;
    private readonly Regex? linear;
    private readonly Lazy<Regex> backtracking;

    private Pattern(string source, EcmaTranslation translation)
    {
        Source = source;
        size = translation.Size;
        linear = Linear(translation);
        backtracking = linear is null ? new(Backtracking(translation)) : new(() => Backtracking(translation));
    }

    public string Source { get; }

    /// <summary>The pattern, or why it cannot be enforced, as the end of a sentence.</summary>
    public static (Pattern? Pattern, string? Why) Compile(string source)
    {
        try
        {
            return (new(source, EcmaTranslator.Translate(source)), null);
        }
        catch (FormatException unsupported)
        {
            return (null, unsupported.Message);
        }
    }

    /// <summary>Whether a text is an expression of ECMA-262 at all; one that cannot be enforced here may still be.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        try
        {
            var reader = new EcmaReader(text.ToString(), isEnforced: false);
            while (reader.Next().Kind != EcmaTokenKind.End)
            {
            }

            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a text of that length is gone through once, whatever stands in it.</summary>
    public bool IsLinearFor(int length) => linear is not null && size * length <= MaxLinearWork;

    public PatternMatch Match(ReadOnlySpan<char> text)
    {
        try
        {
            return (IsLinearFor(text.Length) ? linear! : backtracking.Value).IsMatch(text) ? PatternMatch.Yes : PatternMatch.No;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternMatch.TimedOut;
        }
    }

    private static Regex Backtracking(EcmaTranslation translation) => new(translation.Regex, RegexOptions.CultureInvariant, LongestBacktracking);

    // It is given no time-out: with one, this engine of .NET 10 says no to long texts that do match, once it has too many states to keep.
    private static Regex? Linear(EcmaTranslation translation)
    {
        try
        {
            return translation.LooksAround ? null : new Regex(translation.Regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            // It is too large for that engine.
            return null;
        }
    }
}
