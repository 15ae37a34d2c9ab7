using System.Text.RegularExpressions;

namespace Touchstage.Mcp.Imports;

/// <summary>Guesses a text that fits a pattern: one of some usual values, or a word that the pattern itself has in it.</summary>
internal static partial class PatternExample
{
    private const int MostWords = 50;
    private const int LongestPattern = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Usual =
    [
        "example", "1", "a", "A", "a1", "x-1", "example_1", "1.0", "1.0.0", "v1.0.0", "2026-01-01", "2026-01-01T12:00:00Z", "12:00", "EUR", "en", "en-US", "#00ff00", "+4930123456", "/example",
        "https://example.com/x", "ada@example.com", "00000000-0000-4000-8000-000000000001", "0123456789abcdef01234567", "0123456789abcdef0123456789abcdef01234567", "AAAA", "",
    ];

    /// <summary>A text that seems to fit; <paramref name="otherwise"/> if none was found.</summary>
    public static string Of(string pattern, string otherwise)
    {
        if (pattern.Length > LongestPattern)
        {
            return otherwise;
        }

        try
        {
            // It is somebody else's pattern: it is asked once for each guess, and never for long.
            var regex = new Regex(pattern, RegexOptions.ECMAScript, Patience);
            return new[] { otherwise }.Concat(Usual).Concat(Words().Matches(pattern).Take(MostWords).Select(word => word.Value)).FirstOrDefault(regex.IsMatch) ?? otherwise;
        }
        catch (Exception strange) when (strange is ArgumentException or RegexMatchTimeoutException)
        {
            return otherwise;
        }
    }

    [GeneratedRegex("[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
