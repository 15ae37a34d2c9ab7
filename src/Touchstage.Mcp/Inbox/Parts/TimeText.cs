using System.Globalization;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>Times as a person reckons with them. The script of the pages says the same in the same words.</summary>
internal static class TimeText
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private static readonly TimeSpan VerySoon = TimeSpan.FromMinutes(15);

    /// <summary>How long ago.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 45 } => "just now",
        { TotalMinutes: < 60 } => Invariant($"{Math.Max(1, (int)age.TotalMinutes)} min ago"),
        { TotalHours: < 48 } => Invariant($"{(int)age.TotalHours} h ago"),
        _ => Invariant($"{(int)age.TotalDays} days ago"),
    };

    /// <summary>How long there is still.</summary>
    public static string Left(TimeSpan left) => left switch
    {
        { Ticks: <= 0 } => "time is over",
        { TotalMinutes: < 1 } => "less than 1 min left",
        { TotalMinutes: < 60 } => Invariant($"{(int)left.TotalMinutes} min left"),
        { TotalHours: < 48 } => Invariant($"{(int)left.TotalHours} h {left.Minutes} min left"),
        _ => Invariant($"{(int)left.TotalDays} days left"),
    };

    /// <summary>How pressing it is: <c>over</c>, <c>now</c>, <c>soon</c> or <c>calm</c>.</summary>
    public static string Urgency(TimeSpan left) => left <= TimeSpan.Zero ? "over" : left < VerySoon ? "now" : left < Soon ? "soon" : "calm";

    /// <summary>The moment for programs.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The moment for people who want it exactly.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
