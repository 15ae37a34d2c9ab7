using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>Timestamps (RFC 3339) and durations (such as <c>1h30m</c>) as text and as nanoseconds.</summary>
internal static class CelTime
{
    public const long NanosecondsPerTick = 100;
    public const long NanosecondsPerSecond = 1_000_000_000;

    private const long SecondsPerDay = 86_400;

    /// <summary>0001-01-01T00:00:00Z.</summary>
    public static readonly Int128 FirstTimestamp = (Int128)(-62_135_596_800) * NanosecondsPerSecond;

    /// <summary>9999-12-31T23:59:59.999999999Z.</summary>
    public static readonly Int128 LastTimestamp = ((Int128)253_402_300_800 * NanosecondsPerSecond) - 1;

    private static readonly (string Unit, decimal Nanoseconds)[] Units =
        [("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000)];

    /// <summary>Reads an RFC 3339 date and time with its offset; anything else fails.</summary>
    public static CelValue ParseTimestamp(string text)
    {
        var failed = CelValue.Failed("The text is not an RFC 3339 timestamp such as 2026-01-31T12:00:00Z.");
        if (text.Length is < 20 or > 40 || text[10] is not ('T' or 't' or ' ') || text.Any(c => c > '\u007f'))
        {
            return failed;
        }

        int zone = text.IndexOfAny(['Z', 'z', '+', '-'], 19);
        string fraction = zone < 0 ? "" : text[19..zone];
        if (zone < 0
            || !DateTime.TryParseExact(text[..10] + "T" + text[11..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || (fraction.Length > 0 && (fraction.Length is < 2 or > 10 || fraction[0] != '.' || !fraction.Skip(1).All(char.IsAsciiDigit)))
            || !TryOffset(text[zone..], out int minutes))
        {
            return failed;
        }

        long seconds = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - (minutes * 60L);
        long nanoseconds = fraction.Length == 0 ? 0 : long.Parse(fraction[1..].PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        return CelValue.OfTimestamp(((Int128)seconds * NanosecondsPerSecond) + nanoseconds);
    }

    /// <summary>Reads <c>Z</c> or a signed <c>hh:mm</c>.</summary>
    public static bool TryOffset(string text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        bool fits = text.Length == 6 && text[0] is '+' or '-' && text[3] == ':'
            && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[4]) && char.IsAsciiDigit(text[5])
            && (text[1], text[4]) is ( <= '2', <= '5');
        minutes = fits ? ((((text[1] - '0') * 10) + (text[2] - '0')) * 60) + ((text[4] - '0') * 10) + (text[5] - '0') : 0;
        fits &= minutes < 24 * 60;
        minutes = fits && text[0] == '-' ? -minutes : minutes;
        return fits;
    }

    /// <summary>Reads a signed sequence of numbers with units h, m, s, ms, us, ns.</summary>
    public static CelValue ParseDuration(string text)
    {
        var failed = CelValue.Failed("The text is not a duration such as 90s, 1h30m or 250ms.");
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text.Length is 0 or > 64 || at == text.Length)
        {
            return failed;
        }

        if (text[at..] == "0")
        {
            return CelValue.OfDuration(0);
        }

        decimal total = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            {
                end++;
            }

            // The longest unit comes first in the text: "ms" is not minutes.
            var unit = Units.Where(u => string.CompareOrdinal(text, end, u.Unit, 0, u.Unit.Length) == 0).MaxBy(u => u.Unit.Length);
            if (unit.Unit is null || end - at > 20
                || !decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                || number > 1_000_000_000_000_000m)
            {
                return failed;
            }

            total += number * unit.Nanoseconds;
            at = end + unit.Unit.Length;
        }

        total = decimal.Truncate(text[0] == '-' ? -total : total);
        return CelValue.OfDuration((Int128)total);
    }

    public static string FormatTimestamp(Int128 nanoseconds)
    {
        var (moment, rest) = Split(nanoseconds);
        return moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(rest) + "Z";
    }

    /// <summary>Seconds with as many decimals as are needed: <c>90s</c>, <c>0.25s</c>.</summary>
    public static string FormatDuration(long nanoseconds)
    {
        var magnitude = UInt128.CreateChecked(Int128.Abs(nanoseconds));
        return new StringBuilder(nanoseconds < 0 ? "-" : "")
            .Append((ulong)(magnitude / (UInt128)NanosecondsPerSecond)).Append(Fraction((long)(magnitude % (UInt128)NanosecondsPerSecond))).Append('s').ToString();
    }

    /// <summary>The moment in UTC to the second, and the nanoseconds that are left.</summary>
    public static (DateTime Moment, long Nanoseconds) Split(Int128 nanoseconds)
    {
        var sinceFirst = nanoseconds - FirstTimestamp;
        long seconds = (long)(sinceFirst / NanosecondsPerSecond);
        return (DateTime.MinValue.AddDays(seconds / SecondsPerDay).AddSeconds(seconds % SecondsPerDay), (long)(sinceFirst % NanosecondsPerSecond));
    }

    private static string Fraction(long nanoseconds) =>
        nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
}
