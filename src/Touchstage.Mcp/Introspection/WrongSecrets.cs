namespace Touchstage.Mcp.Introspection;

/// <summary>
/// Counts wrong secrets, for each client id that was named. A right secret is not counted and never held up: otherwise whoever knows a client's id could shut its owner out.
/// </summary>
internal sealed class WrongSecrets(TimeProvider time)
{
    /// <summary>How many of one minute are answered as what they are.</summary>
    public const int MostAMinute = 10;

    // Ids share counters by their hash, which differs from process to process: memory is bounded, and an id that does not exist is counted like one that does.
    private const int Counters = 1_024;

    private readonly Lock gate = new();
    private readonly (long Minute, int Count)[] counters = new (long, int)[Counters];

    /// <summary>Counts one.</summary>
    /// <param name="clientId">The id that was named.</param>
    /// <returns>Null, or how long until wrong ones of that client are heard again.</returns>
    public TimeSpan? Count(string clientId)
    {
        var now = time.GetUtcNow();
        var minute = now.Ticks / TimeSpan.TicksPerMinute;
        lock (gate)
        {
            ref var counter = ref counters[(uint)string.GetHashCode(clientId, StringComparison.Ordinal) % Counters];
            counter = counter.Minute == minute ? (minute, Math.Min(counter.Count + 1, MostAMinute + 1)) : (minute, 1);
            return counter.Count <= MostAMinute ? null : TimeSpan.FromTicks(((minute + 1) * TimeSpan.TicksPerMinute) - now.Ticks);
        }
    }
}
