namespace Touchstage.Mcp.Sessions;

/// <summary>
/// Ends a stream that the server pushes on when what its session goes on under is no longer good: expired, revoked, shut out. The client then asks again, and is told to get a new token,
/// where it would otherwise wait on a stream that stays silent for ever.
/// </summary>
internal sealed class StreamLease(SessionDoor door, HttpSessions sessions, TimeProvider time)
{
    /// <summary>How often it is looked at.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly object SessionItem = new();

    /// <summary>Notes the session that a stream has opened: legacy SSE names none in its request.</summary>
    public static void Name(HttpContext http, string id) => http.Items[SessionItem] = id;

    /// <summary>Runs a request that may be such a stream.</summary>
    public async Task HoldAsync(HttpContext http, string? id, SessionIdentity identity, RequestDelegate next)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var watch = WatchAsync(http, id, identity, over.Token);
        try
        {
            await next(http);
        }
        finally
        {
            await over.CancelAsync();
            await watch;
        }
    }

    private async Task WatchAsync(HttpContext http, string? id, SessionIdentity identity, CancellationToken cancellation)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, time);
            do
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
            while (await IsGoodAsync(sessions.IdentityOf(http.Items[SessionItem] as string ?? id) ?? identity, cancellation));
            http.Abort();
        }
        catch (OperationCanceledException)
        {
            // The stream ended by itself.
        }
    }

    // What cannot be looked up is a No here, too.
    private async Task<bool> IsGoodAsync(SessionIdentity newest, CancellationToken cancellation)
    {
        try
        {
            return (await door.EnterAsync(newest.RevealKey(), cancellation)).Refusal is null;
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            return false;
        }
    }
}
