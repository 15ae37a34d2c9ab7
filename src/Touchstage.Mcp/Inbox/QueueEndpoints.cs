using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox;

/// <summary>The queue.</summary>
internal static class QueueEndpoints
{
    /// <summary>How many cases a page of the queue has; no more are decided together.</summary>
    public const int PageSize = 25;

    public static void MapQueue(this RouteGroupBuilder inbox) => inbox.MapGet("", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, IApprovals approvals)
    {
        var asked = http.Request.Query;
        var query = new QueueQuery(FormText.Filter(asked, "capability"), FormText.Filter(asked, "requester"), asked.ContainsKey("unclaimed"), FormText.Filter(asked, "after"), PageSize);

        // A principal's key has its parts percent-encoded, and people type names as they read them.
        var encoded = query with { Requester = query.Requester is { } typed ? Uri.EscapeDataString(typed) : null };
        return PageAnswer.Of<QueuePage, QueueShown>(http, new(await approvals.QueueAsync(InboxIdentity.Of(http), encoded, http.RequestAborted), query));
    }
}
