namespace Touchstage.Safety.Conditions;

/// <summary>The wall clock of a place: UTC, a fixed offset, or a name of the IANA database.</summary>
internal static class CelTimeZone
{
    /// <summary>The local time at a moment of UTC, or null if there is no such zone.</summary>
    public static DateTime? ToLocal(DateTime utc, string zone)
    {
        string signed = zone.Length == 5 && zone[2] == ':' ? "+" + zone : zone;
        if (CelTime.TryOffset(signed, out int minutes))
        {
            return Shift(utc, TimeSpan.FromMinutes(minutes));
        }

        if (zone.Length is 0 or > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            return null;
        }

        return Shift(utc, found.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
    }

    private static DateTime? Shift(DateTime utc, TimeSpan offset)
    {
        long ticks = utc.Ticks + offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks, DateTimeKind.Unspecified);
    }
}
