using System.Globalization;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>A manifest's text before YAML sees it: its lines, and the characters that would make it read other than it looks.</summary>
internal static class SourceText
{
    /// <summary>The most a manifest may hold: 1 MiB of text.</summary>
    public const int MaxLength = 1_048_576;

    /// <summary>Line feeds only, and no byte order mark.</summary>
    public static string Normalise(string text)
    {
        var unmarked = text.StartsWith('\uFEFF') ? text[1..] : text;
        return unmarked.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>
    /// Reports every character that has no business in a manifest as itself: controls, line breaks of other alphabets, marks that turn the reading
    /// direction.
    /// </summary>
    public static void CheckCharacters(ManifestDocument document, string[] lines)
    {
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1];
            var at = line.AsSpan().IndexOfAnyExceptInRange(' ', '~');
            for (; at >= 0 && at < line.Length; at++)
            {
                if (IsHidden(line[at]) || IsHalf(line, at))
                {
                    document.ReportAt(
                        new(number, at + 1, number, at + 2, IsPlain: false), "",
                        $"The file holds the invisible character U+{(int)line[at]:X4} here.",
                        string.Create(CultureInfo.InvariantCulture, $"remove it, or write it as the escape \"\\u{(int)line[at]:X4}\" in double quotes."));
                }
            }
        }
    }

    private static bool IsHalf(string line, int at) => char.IsSurrogate(line[at])
        && !(at + 1 < line.Length && char.IsSurrogatePair(line[at], line[at + 1])) && !(at > 0 && char.IsSurrogatePair(line[at - 1], line[at]));

    private static bool IsHidden(char character) => character switch
    {
        '\t' => false,
        < ' ' or (>= '\u007F' and <= '\u009F') => true,
        '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or '\uFEFF' => true,
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        _ => false,
    };
}
