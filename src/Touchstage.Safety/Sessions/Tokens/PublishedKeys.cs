using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>
/// What is known of one issuer's keys. They are asked for again when they are old or lack the wanted one, by one request at a time and never twice within the pause, whatever tokens come:
/// made-up key names cost the issuer no more than that.
/// </summary>
internal sealed class PublishedKeys(Func<Task<Result<IssuerKeySet>>> ask, TimeProvider time)
{
    /// <summary>For how long keys are taken without asking again: so long at most a withdrawn key is still good while its issuer answers.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>For how long they are taken while the issuer does not answer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The least time between two requests.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private Task? running;
    private DateTimeOffset? askedAt;
    private (IssuerKeySet Keys, DateTimeOffset At)? known;
    private Refusal? failure;

    public async Task<Result<IssuerKeySet>> FindAsync(string keyId, CancellationToken cancellation)
    {
        await RefreshAsync(keyId).WaitAsync(cancellation);

        lock (gate)
        {
            return known is var (keys, at) && time.GetUtcNow() - at < Longest ? keys : failure ?? TokenRefusals.IssuerSilent();
        }
    }

    // The refresh to wait for; over at once if none is due.
    private Task RefreshAsync(string keyId)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (known is var (keys, at) && now - at < Fresh && keys.Has(keyId))
            {
                return Task.CompletedTask;
            }

            if (running is { IsCompleted: false })
            {
                return running;
            }

            if (askedAt is { } before && now - before < Pause)
            {
                return Task.CompletedTask;
            }

            askedAt = now;
            return running = Task.Run(AskAsync);
        }
    }

    private async Task AskAsync()
    {
        var asked = await ask();
        lock (gate)
        {
            known = asked.TryGet(out var keys, out failure) ? (keys, time.GetUtcNow()) : known;
        }
    }
}
