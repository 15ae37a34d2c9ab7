using System.Globalization;

namespace Touchstage.Mcp.Approvals;

/// <summary>A length of time at a glance: its two largest units, rounded down.</summary>
internal static class SpanText
{
    public static string Of(TimeSpan span)
    {
        var (days, hours, minutes) = ((int)span.TotalDays, span.Hours, span.Minutes);
        return span switch
        {
            _ when span < TimeSpan.Zero => "0s",
            _ when days > 0 => Written(days, "d", hours, "h"),
            _ when hours > 0 => Written(hours, "h", minutes, "m"),
            _ when minutes > 0 => Written(minutes, "m", 0, ""),
            _ => Written(span.Seconds, "s", 0, ""),
        };
    }

    private static string Written(int large, string unit, int small, string smallUnit) =>
        string.Create(CultureInfo.InvariantCulture, $"{large}{unit}") + (small > 0 ? string.Create(CultureInfo.InvariantCulture, $" {small}{smallUnit}") : "");
}
