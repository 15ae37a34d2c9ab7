using System.Globalization;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A length of time on the command line: <c>30d</c>, <c>12h</c>, <c>90m</c>.</summary>
internal static class Period
{
    private const int Most = 100_000;

    /// <exception cref="UsageException">The text is no length of time, or an empty one.</exception>
    public static TimeSpan Of(string text, string option)
    {
        var unit = text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Most ? (text[^1], count) : default;
        return unit switch
        {
            ('d', var days) => TimeSpan.FromDays(days),
            ('h', var hours) => TimeSpan.FromHours(hours),
            ('m', var minutes) => TimeSpan.FromMinutes(minutes),
            _ => throw new UsageException($"{option} is a whole number with d, h or m behind it, such as 30d."),
        };
    }
}
