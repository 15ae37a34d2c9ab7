namespace Touchstage.Safety.Schemas.Formats;

/// <summary>Dates and times by RFC 3339 section 5.6, with the days of its section 5.7 and its leap seconds.</summary>
internal static class DateAndTime
{
    public static bool IsDateTime(ReadOnlySpan<char> text) => text.Length > 11 && IsDate(text[..10]) && text[10] is 'T' or 't' && IsTime(text[11..]);

    public static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' && Digits.Value(text[..4]) is >= 0 and var year && Digits.Value(text[5..7]) is >= 1 and <= 12 and var month
        && Digits.Value(text[8..]) is >= 1 and var day && day <= DaysIn(year, month);

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':'
            || Digits.Value(text[..2]) is not (>= 0 and <= 23 and var hour) || Digits.Value(text[3..5]) is not (>= 0 and <= 59 and var minute)
            || Digits.Value(text[6..8]) is not (>= 0 and <= 60 and var second))
        {
            return false;
        }

        var rest = text[8..];
        if (rest[0] == '.')
        {
            var count = Digits.Count(rest[1..]);
            if (count == 0)
            {
                return false;
            }

            rest = rest[(count + 1)..];
        }

        // A leap second stands at 23:59:60 UTC and nowhere else.
        return Offset(rest) is { } offset && (second < 60 || ((((hour * 60) + minute - offset) % 1440) + 1440) % 1440 == 1439);
    }

    private static int? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return 0;
        }

        return text.Length == 6 && text[0] is '+' or '-' && text[3] == ':' && Digits.Value(text[1..3]) is >= 0 and <= 23 and var hours
            && Digits.Value(text[4..]) is >= 0 and <= 59 and var minutes
            ? (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes)
            : null;
    }

    // RFC 3339 knows the year 0000, which the calendar of the platform does not; 2000 has the same leap day.
    private static int DaysIn(int year, int month) => DateTime.DaysInMonth(year == 0 ? 2000 : year, month);
}
