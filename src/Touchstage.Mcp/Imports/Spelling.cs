using System.Globalization;
using System.Text;

namespace Touchstage.Mcp.Imports;

/// <summary>Makes names of ours from names of a document: nothing of a document becomes part of a path, a key or a placeholder as it stands.</summary>
internal static class Spelling
{
    private const int Longest = 64;
    private const int MostTold = 60;

    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => new[] { string.Create(CultureInfo.InvariantCulture, $"com{n}"), string.Create(CultureInfo.InvariantCulture, $"lpt{n}") })],
        StringComparer.Ordinal);

    /// <summary>A name for a capability, a folder or a connection: a-z, 0-9 and _, first a letter; <paramref name="otherwise"/> if nothing is left of the text.</summary>
    public static string Word(string text, string otherwise)
    {
        var word = new StringBuilder(Math.Min(text.Length, Longest) + 8);
        for (var index = 0; index < text.Length && word.Length < Longest; index++)
        {
            var c = text[index];
            if (char.IsAsciiLetterUpper(c) && index > 0 && (IsLowerOrDigit(text[index - 1]) || (char.IsAsciiLetterUpper(text[index - 1]) && index + 1 < text.Length && char.IsAsciiLetterLower(text[index + 1]))))
            {
                Gap(word);
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else
            {
                Gap(word);
            }
        }

        var made = word.ToString().Trim('_');
        made = made.Length == 0 ? otherwise : char.IsAsciiLetter(made[0]) ? made : $"n{made}";
        made = Devices.Contains(made) || made.StartsWith("touchstage_", StringComparison.Ordinal) ? $"api_{made}" : made;
        return made.Length > Longest ? made[..Longest].TrimEnd('_') : made;
    }

    /// <summary>A name for an argument: as it stands if it can be one, else the nearest that can.</summary>
    public static string Argument(string text)
    {
        var made = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var c in text.TakeWhile((_, index) => index < 4 * Longest))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            {
                made.Append(c);
            }
            else if (made.Length > 0 && made[^1] != '_')
            {
                made.Append('_');
            }
        }

        var name = made.ToString().Trim('_', '-', '.');
        name = text.Length <= Longest && name.Length > 0 && made.ToString() == text && char.IsAsciiLetter(text[0]) ? text
            : name.Length == 0 ? "value"
            : char.IsAsciiLetter(name[0]) ? name
            : $"n{name}";
        return name.Length > Longest ? name[..Longest] : name;
    }

    /// <summary>The name, or with a number behind it if it is taken. It is taken from now on.</summary>
    public static string Unique(string name, ISet<string> taken)
    {
        var free = name;
        for (var count = 2; !taken.Add(free); count++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{count}");
            free = (name.Length + suffix.Length > Longest ? name[..(Longest - suffix.Length)] : name) + suffix;
        }

        return free;
    }

    /// <summary>Text for models and people: without what shows nothing or turns the reading direction, and not longer than asked.</summary>
    public static string Prose(string text, int most, out bool isChanged)
    {
        var kept = new StringBuilder(Math.Min(text.Length, most));
        isChanged = false;
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value != '\n' && rune.Value != '\t' && IsHidden(rune))
            {
                isChanged = true;
            }
            else if (kept.Length + rune.Utf16SequenceLength > most)
            {
                isChanged = true;
                break;
            }
            else
            {
                kept.Append(rune.Value == '\t' ? " " : rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }

    /// <summary>A text of the document as a finding tells it: its beginning.</summary>
    public static string Cut(string text, int most = MostTold) => text.Length <= most ? text : text[..most] + "…";

    /// <summary>Names of the document as a finding tells them: the first ten.</summary>
    public static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(10).Select(name => $"`{Cut(name)}`"));

    /// <summary>Whether a character cannot stand in a manifest as itself.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsLowerOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static void Gap(StringBuilder word)
    {
        if (word.Length > 0 && word[^1] != '_')
        {
            word.Append('_');
        }
    }
}
