using System.Globalization;
using System.Text;

namespace Touchstage.Mcp.Approvals;

/// <summary>
/// Makes text that a model wrote safe to stand before a person: whatever is invisible, turns the reading direction, breaks a line or imitates a
/// Latin letter is written out as its code point, such as <c>&lt;U+202E&gt;</c>.
/// </summary>
internal static class VisibleText
{
    /// <summary>One line: line breaks are written out, too.</summary>
    public static string Line(string text) => Write(text, keepLineFeeds: false);

    /// <summary>The lines of a longer text, each under a prefix, so that no line can pass for one of ours.</summary>
    public static IEnumerable<string> Quote(string text, string prefix)
    {
        foreach (var line in Write(text.ReplaceLineEndings("\n"), keepLineFeeds: true).Split('\n'))
        {
            yield return prefix + line;
        }
    }

    private static string Write(string text, bool keepLineFeeds)
    {
        var written = new StringBuilder(text.Length);
        var mixed = MixedWords(text);
        var rest = text.AsSpan();
        var index = 0;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done)
            {
                written.Append(CultureInfo.InvariantCulture, $"<U+{(int)rest[0]:X4}>");
            }
            else if ((rune.Value == '\n' && keepLineFeeds) || (IsPlain(rune) && !(rune.Value >= 0x250 && mixed.Contains(index))))
            {
                written.Append(rest[..length]);
            }
            else
            {
                written.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            }

            rest = rest[length..];
            index += length;
        }

        return written.ToString();
    }

    private static bool IsPlain(Rune rune) => rune.Value switch
    {
        >= ' ' and < 0x7f => true,
        (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef) or (>= 0x180b and <= 0x180f) => false, // variation selectors
        0x34f or 0x17b4 or 0x17b5 => false, // marks that show nothing
        >= 0xff01 and <= 0xff5e => false, // full-width ASCII
        >= 0x1d400 and <= 0x1d7ff => false, // mathematical letters
        0x115f or 0x1160 or 0x3164 or 0xffa0 or 0x2800 => false, // letters that show nothing
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.EnclosingMark),
    };

    // A word that has both ASCII letters or digits and letters of another alphabet is how a look-alike id is made.
    private static HashSet<int> MixedWords(string text)
    {
        var mixed = new HashSet<int>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && IsWordPart(text[end]))
            {
                end++;
            }

            var word = text.AsSpan(start, end - start);
            if (word.ContainsAnyInRange('0', 'z') && word.ContainsAnyInRange('\u0250', '\uffff') && word.IndexOfAnyExceptInRange('\0', '\u024f') >= 0)
            {
                mixed.UnionWith(Enumerable.Range(start, end - start));
            }

            start = Math.Max(end, start + 1);
        }

        return mixed;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '@' or '.' || char.IsSurrogate(c);
}
