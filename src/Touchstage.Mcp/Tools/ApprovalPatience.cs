using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Tools;

/// <summary>Looks at an approval, and waits a while for it to change. Nobody polls: a wait is woken by the change feed.</summary>
internal sealed class ApprovalPatience(IApprovals approvals, ApprovalWaits waits, SessionDoor door, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    /// <summary>How an approval stands: at once if it is over or unknown or has changed, otherwise when it changes or the time is up.</summary>
    /// <param name="identity">Whose session; found out anew at every change, so a revoked one learns nothing more.</param>
    /// <param name="approvalId">Which.</param>
    /// <param name="atMost">How long to wait; zero for not at all.</param>
    /// <param name="tell">Tells how long it has been waited, or null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(Result<ApprovalView> Approval, bool HasNoPlace)> LookAsync(
        SessionIdentity identity, string approvalId, TimeSpan atMost, Func<TimeSpan, ApprovalView, Task>? tell, CancellationToken cancellation)
    {
        var caller = identity.Demand();

        // Opened before the first look, or a change between the two would be missed.
        using var wait = atMost > TimeSpan.Zero ? waits.TryOpen(caller, approvalId) : null;
        var first = await approvals.FindAsync(caller, approvalId, cancellation);

        // Unknown is an answer, too: finding out may take hours.
        if (!first.TryGet(out var seen, out _) || atMost == TimeSpan.Zero || StateName.IsFinal(seen.State) || seen.State == ApprovalState.Unknown)
        {
            return (first, false);
        }

        return wait is null ? (first, true) : (await WaitAsync(identity, seen, wait, atMost, tell, cancellation), false);
    }

    private async Task<Result<ApprovalView>> WaitAsync(
        SessionIdentity identity, ApprovalView seen, ApprovalWait wait, TimeSpan atMost, Func<TimeSpan, ApprovalView, Task>? tell, CancellationToken cancellation)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var start = time.GetTimestamp();
        try
        {
            for (var waited = TimeSpan.Zero; waited < atMost; waited = time.GetElapsedTime(start))
            {
                await (tell?.Invoke(waited, seen) ?? Task.CompletedTask);
                var pause = atMost - waited < TellEvery ? atMost - waited : TellEvery;
                if (await wait.IsChangedAsync(pause, time, until.Token) && await NewsAsync(identity, seen, cancellation) is { } news)
                {
                    return news;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The server stops: what is known now is the answer.
        }

        return seen;
    }

    // A vote or a note changes the row, too, but not what its requester is told.
    private async Task<Result<ApprovalView>?> NewsAsync(SessionIdentity identity, ApprovalView seen, CancellationToken cancellation)
    {
        var now = await door.EnterAsync(identity.RevealKey(), cancellation);
        if (now.Refusal is { } nobody)
        {
            return nobody;
        }

        var found = await approvals.FindAsync(now.Demand(), seen.Id, cancellation);
        return found.TryGet(out var current, out _) && current.State == seen.State && current.Revision == seen.Revision ? (Result<ApprovalView>?)null : found;
    }
}
