using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Webhooks;

/// <summary>Text that a model had a hand in, made inert for a chat: no mention, link or mark-up comes alive in it, and nothing invisible or turned around stays so.</summary>
internal static class ChatText
{
    private const int MaxLength = 300;

    /// <summary>One short line: what is invisible, breaks the line or turns the reading direction is written as its code point.</summary>
    public static string Plain(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (written.Length >= MaxLength)
            {
                return written.Append('…').ToString();
            }

            written.Append(IsVisible(rune) ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}"));
        }

        return written.ToString();
    }

    /// <summary>
    /// The same between backticks for a field that knows mark-up: in a code span nothing but its end has a meaning, and what Slack looks for everywhere (<c>&amp; &lt; &gt;</c>, by
    /// https://docs.slack.dev/messaging/formatting-message-text) is escaped.
    /// </summary>
    public static string Code(string text) => $"`{Escape(Plain(text).Replace('`', '\''))}`";

    /// <summary>The text with Slack's three control characters escaped.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static bool IsVisible(Rune rune) => rune.Value switch
    {
        ' ' => true,
        (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef) or (>= 0x180b and <= 0x180f) => false, // variation selectors
        0x34f or 0x17b4 or 0x17b5 => false, // marks that show nothing
        0x115f or 0x1160 or 0x3164 or 0xffa0 or 0x2800 => false, // letters that show nothing
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.EnclosingMark),
    };
}
