using Touchstage.Mcp.SignIns;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Inbox;

/// <summary>Tells open pages which approvals changed (server-sent events), for as long as whoever looks may look. Only ids are sent; what they stand for is fetched like any page.</summary>
internal static class ChangeEndpoints
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    public static void MapChanges(this RouteGroupBuilder inbox) => inbox.MapGet("/changes", FollowAsync);

    private static async Task FollowAsync(HttpContext http, SubscriptionHub hub, ISignIns signIns, IApprovals approvals, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var viewer = InboxIdentity.Of(http);
        var listener = new InboxListener(viewer);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);

        // Registered before the first word, or what changes right after it would be lost.
        if (!hub.TryOpen(viewer, listener))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        http.Response.ContentType = "text/event-stream";
        try
        {
            await SendAsync(http, "retry: 3000\nevent: ready\ndata: ready\n\n", until.Token);
            while (await NextAsync(listener, time, until.Token) is var changed && (await IdentifyAsync(signIns, viewer, until.Token)).TryGet(out var now, out _))
            {
                await SendAsync(http, await EventsAsync(now, changed, approvals, until.Token), until.Token);
            }

            await SendAsync(http, "event: signed-out\ndata: signed-out\n\n", until.Token);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // The usual end: the page was left, or the server stops.
        }
        finally
        {
            hub.Close(viewer, listener);
        }
    }

    private static Task<Result<Caller>> IdentifyAsync(ISignIns signIns, Caller viewer, CancellationToken cancellation) =>
        signIns.IdentifyAsync(viewer.Tenant, viewer.SessionId, cancellation);

    // Nothing is news as well: whether the session still is one is asked all the same.
    private static async Task<string[]> NextAsync(InboxListener listener, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await listener.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [];
        }

        return listener.Take();
    }

    private static async Task<string> EventsAsync(Caller viewer, string[] changed, IApprovals approvals, CancellationToken cancellation)
    {
        if (changed.Length > InboxListener.MaxChanged)
        {
            return "event: many\ndata: many\n\n";
        }

        var visible = new List<string>();
        foreach (var id in changed)
        {
            if ((await approvals.FindAsync(viewer, id, cancellation)).TryGet(out _, out _))
            {
                visible.Add($"event: approval\ndata: {id}\n\n");
            }
        }

        return visible.Count > 0 ? string.Concat(visible) : ": still here\n\n";
    }

    private static async Task SendAsync(HttpContext http, string text, CancellationToken cancellation)
    {
        await http.Response.WriteAsync(text, cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }
}
