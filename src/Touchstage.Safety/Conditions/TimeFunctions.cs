using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>The parts of timestamps, in UTC or in a named zone, and of durations.</summary>
internal static class TimeFunctions
{
    public static ImmutableArray<Overload> All { get; } =
    [
        .. Part("getFullYear", (t, _) => t.Year),
        .. Part("getMonth", (t, _) => t.Month - 1),
        .. Part("getDate", (t, _) => t.Day),
        .. Part("getDayOfMonth", (t, _) => t.Day - 1),
        .. Part("getDayOfWeek", (t, _) => (long)t.DayOfWeek),
        .. Part("getDayOfYear", (t, _) => t.DayOfYear - 1),
        .. Part("getHours", (t, _) => t.Hour),
        .. Part("getMinutes", (t, _) => t.Minute),
        .. Part("getSeconds", (t, _) => t.Second),
        .. Part("getMilliseconds", (_, rest) => rest / 1_000_000),
        Length("getHours", d => d / (3_600 * CelTime.NanosecondsPerSecond)),
        Length("getMinutes", d => d / (60 * CelTime.NanosecondsPerSecond)),
        Length("getSeconds", d => d / CelTime.NanosecondsPerSecond),
        Length("getMilliseconds", d => d / 1_000_000 % 1_000),
    ];

    private static IEnumerable<Overload> Part(string name, Func<DateTime, long, long> part) =>
    [
        Member(name, [CelType.Timestamp], CelType.Int, a => Take(a[0], "UTC", part)),
        Member(name, [CelType.Timestamp, CelType.String], CelType.Int, a => Take(a[0], a[1].AsString, part)),
    ];

    private static Overload Length(string name, Func<long, long> part) =>
        Member(name, [CelType.Duration], CelType.Int, a => CelValue.Of(part(a[0].AsDuration)));

    private static CelValue Take(CelValue timestamp, string zone, Func<DateTime, long, long> part)
    {
        var (moment, rest) = CelTime.Split(timestamp.AsTimestamp);
        var local = zone == "UTC" ? moment : CelTimeZone.ToLocal(moment, zone);
        return local is { } time ? CelValue.Of(part(time, rest)) : CelValue.Failed("There is no such time zone, or no such moment in it.");
    }
}
