namespace Touchstage.Safety.Storage;

/// <summary>Times as the tables and the ledger spell them.</summary>
internal static class StoreTime
{
    /// <summary>Microseconds since the Unix epoch; what is finer is cut off.</summary>
    public static long ToMicros(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Whole microseconds of a span.</summary>
    public static long ToMicros(this TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of a column.</summary>
    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
