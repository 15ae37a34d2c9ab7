namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The used tokens that could still be sent again, up to a bound. Not for several threads at once.</summary>
/// <param name="capacity">How many.</param>
/// <param name="since">Since when every use is known.</param>
internal sealed class UsedTokens(int capacity, DateTimeOffset since)
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> byExpiry = new();

    public int Count => used.Count;

    public IEnumerable<(string Key, DateTimeOffset Until)> All => byExpiry.UnorderedItems;

    /// <summary>What is known of a token; <see cref="StepTokenUse.First"/> if it may be added.</summary>
    public StepTokenUse Ask(string key, DateTimeOffset issuedAt, DateTimeOffset now)
    {
        Forget(now);
        if (used.Contains(key))
        {
            return StepTokenUse.Replayed;
        }

        // Invariant: a token from before the memory began is refused by the clock that may be ahead, so that none of them gets through.
        if (issuedAt < since)
        {
            return StepTokenUse.TooOld;
        }

        // Invariant: an entry leaves only after its token has expired; a full store costs requests, never single use.
        return used.Count >= capacity ? StepTokenUse.Full : StepTokenUse.First;
    }

    public void Add(string key, DateTimeOffset until)
    {
        if (used.Add(key))
        {
            byExpiry.Enqueue(key, until);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (byExpiry.TryPeek(out var oldest, out var forgetAt) && forgetAt <= now)
        {
            byExpiry.Dequeue();
            used.Remove(oldest);
        }
    }

    /// <summary>The least <c>iat</c> of a token that surely was issued after a moment, however the two clocks differ.</summary>
    public static DateTimeOffset SurelyAfter(DateTimeOffset start) => start + StepTokenFormat.ClockSkew;
}
