using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Remembers used tokens in memory, up to a bound; past it it refuses rather than forgets. What was used before it was made it cannot know.</summary>
internal sealed class InMemoryReplayStore : IStepTokenReplayStore
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly UsedTokens used;

    public InMemoryReplayStore(IOptionsMonitor<StepTokenOptions> options, TimeProvider clock)
    {
        this.clock = clock;
        var chosen = options.Get(StepTokenDefaults.Scheme);
        used = new(chosen.ReplayCapacity, chosen.AcceptTokensFromBeforeStart ? DateTimeOffset.MinValue : UsedTokens.SurelyAfter(clock.GetUtcNow()));
    }

    public ValueTask<StepTokenUse> UseAsync(string tokenId, DateTimeOffset issuedAt, DateTimeOffset until)
    {
        lock (gate)
        {
            var answer = used.Ask(tokenId, issuedAt, clock.GetUtcNow());
            if (answer is StepTokenUse.First)
            {
                used.Add(tokenId, until);
            }

            return new(answer);
        }
    }
}
