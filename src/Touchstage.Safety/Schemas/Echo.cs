using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>Text from outside, made safe to stand in a message: cut, and without characters that hide, move or forge what is read.</summary>
internal static class Echo
{
    private const int MaxSeen = 60;

    public static string Text(string text, int max = MaxSeen)
    {
        var shown = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == max)
            {
                shown.Append('…');
                break;
            }

            if (IsPlain(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
        }

        return shown.ToString();
    }

    /// <summary>What was seen, for the end of a sentence; only scalars are quoted, because a sensitive value may stand inside the others.</summary>
    public static string Seen(JsonElement value, bool isHidden) => value.ValueKind switch
    {
        _ when isHidden => "a value that is not shown",
        JsonValueKind.String => $"\"{Text(value.GetString()!)}\"",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object => $"an object with {Count(value.GetPropertyCount(), "property", "properties")}",
        JsonValueKind.Array => $"an array of {Count(value.GetArrayLength(), "item", "items")}",
        _ => value.GetRawText(),
    };

    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
