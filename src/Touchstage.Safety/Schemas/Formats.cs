using System.Collections.Immutable;
using System.Globalization;

namespace Touchstage.Safety.Schemas;

/// <summary>The formats that are enforced, each by a rule of its own without regular expressions.</summary>
internal static class Formats
{
    public static readonly ImmutableArray<string> Known = ["date", "date-time", "email", "time", "uri", "uuid"];

    public static bool Holds(string format, string text) => format switch
    {
        "date" => IsDate(text),
        "date-time" => text.Length > 11 && IsDate(text.AsSpan(0, 10)) && text[10] is 'T' or 't' && IsTime(text.AsSpan(11)),
        "time" => IsTime(text),
        "email" => IsEmail(text),
        "uri" => UriFormat.Holds(text),
        "uuid" => IsUuid(text),
        _ => false,
    };

    public static string Say(string format) => format switch
    {
        "date" => "a date such as 2031-12-24",
        "date-time" => "a date and time with its offset, such as 2031-12-24T18:30:00Z",
        "time" => "a time with its offset, such as 18:30:00Z",
        "email" => "an e-mail address such as ann@example.com",
        "uri" => "an absolute URI such as https://example.com/path",
        _ => "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
    };

    private static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' && Number(text[..4]) is >= 0 and var year && Number(text[5..7]) is >= 1 and <= 12 and var month
        && Number(text[8..]) is >= 1 and var day && day <= DaysIn(year, month);

    // RFC 3339 knows the year 0000, which the calendar of the platform does not; 2000 has the same leap day.
    private static int DaysIn(int year, int month) => DateTime.DaysInMonth(year == 0 ? 2000 : year, month);

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':'
            || Number(text[..2]) is not (>= 0 and <= 23 and var hour) || Number(text[3..5]) is not (>= 0 and <= 59 and var minute) || Number(text[6..8]) is not (>= 0 and <= 60 and var second))
        {
            return false;
        }

        var rest = text[8..];
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange('0', '9') + 1;
            if (end <= 1)
            {
                return false;
            }

            rest = rest[end..];
        }

        // A leap second stands at 23:59:60 UTC and nowhere else (RFC 3339 section 5.7).
        return Offset(rest) is { } offset && (second < 60 || ((((hour * 60) + minute - offset) % 1440) + 1440) % 1440 == 1439);
    }

    private static int? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return 0;
        }

        return text.Length == 6 && text[0] is '+' or '-' && text[3] == ':' && Number(text[1..3]) is >= 0 and <= 23 and var hours && Number(text[4..]) is >= 0 and <= 59 and var minutes
            ? (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes)
            : null;
    }

    // Stricter than RFC 5321: no quoted local part and no address literal, which mail headers and templates downstream trip over.
    private static bool IsEmail(string text)
    {
        const string Symbols = "!#$%&'*+-/=?^_`{|}~";
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= 254 && at is >= 1 and <= 64
            && text[..at].Split('.').All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c, StringComparison.Ordinal)))
            && text[(at + 1)..].Split('.').All(label => label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-'
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
    }

    private static bool IsUuid(string text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (at is 8 or 13 or 18 or 23 ? text[at] != '-' : !char.IsAsciiHexDigit(text[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Number(ReadOnlySpan<char> digits) =>
        digits.ContainsAnyExceptInRange('0', '9') ? -1 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
