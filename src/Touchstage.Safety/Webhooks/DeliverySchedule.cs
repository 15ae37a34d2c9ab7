using System.Collections.Immutable;

namespace Touchstage.Safety.Webhooks;

/// <summary>When a failed delivery is tried again: the schedule of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, over some three days.</summary>
internal static class DeliverySchedule
{
    private static readonly ImmutableArray<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How often a delivery is tried before it is given up.</summary>
    public static int MaxTries => Waits.Length + 1;

    /// <summary>How long to wait after this many tries, or null if there were enough.</summary>
    public static TimeSpan? After(int tries) => tries >= 1 && tries <= Waits.Length ? Waits[tries - 1] : null;
}
