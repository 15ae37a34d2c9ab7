using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Remembers used tokens in memory, up to a bound; past it it refuses rather than forgets.</summary>
internal sealed class InMemoryReplayStore(IOptionsMonitor<StepTokenOptions> options, TimeProvider clock) : IStepTokenReplayStore
{
    private readonly Lock gate = new();
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> byExpiry = new();
    private readonly int capacity = options.Get(StepTokenDefaults.Scheme).ReplayCapacity;

    public ValueTask<StepTokenUse> UseAsync(string tokenId, DateTimeOffset until)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            while (byExpiry.TryPeek(out var oldest, out var forgetAt) && forgetAt <= now)
            {
                byExpiry.Dequeue();
                used.Remove(oldest);
            }

            if (used.Contains(tokenId))
            {
                return new(StepTokenUse.Replayed);
            }

            // Invariant: an entry leaves only after its token has expired; a full store costs requests, never single use.
            if (used.Count >= capacity)
            {
                return new(StepTokenUse.Full);
            }

            used.Add(tokenId);
            byExpiry.Enqueue(tokenId, until);
            return new(StepTokenUse.First);
        }
    }
}
