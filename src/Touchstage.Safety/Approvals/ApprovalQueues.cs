using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>Approvers' queues: what is pending for their roles and not their own request, next to expire first.</summary>
internal sealed class ApprovalQueues(IApprovalStore store, ApprovalAccess access, ApprovalViews views, TimeProvider time)
{
    private const int CountedUpTo = 1_000;
    private const int MaxTake = 200;
    private const int MinLooked = 50;

    // How many rows one page may look at: a filter that finds little goes on at the next page.
    private const int MaxSeen = 2_000;

    /// <summary>A page for people.</summary>
    public async Task<ApprovalQueue> PageAsync(Caller approver, QueueQuery query, CancellationToken cancellation)
    {
        if (approver.Kind is not SessionKind.Approver)
        {
            return new([], null, 0, false);
        }

        var page = await PendingAsync(approver, query.After, Math.Clamp(query.Take, 1, MaxTake), approval => Fits(approval, query), cancellation);
        var count = await store.CountPendingAsync(approver.Tenant, approver.Roles, CountedUpTo + 1, cancellation);
        return new([.. page.Approvals.Select(views.ItemOf)], page.Next?.ToString(), Math.Min(count, CountedUpTo), count > CountedUpTo);
    }

    /// <summary>What the approver may decide now and the filter lets through.</summary>
    public async Task<PendingPage> PendingAsync(Caller approver, string? after, int take, Func<ApprovalRecord, bool> fits, CancellationToken cancellation)
    {
        var (found, seen, place) = (new List<ApprovalRecord>(), 0, PendingPlace.Read(after));
        while (seen < MaxSeen)
        {
            var page = await store.ListPendingAsync(approver.Tenant, approver.Roles, place, Math.Max(take, MinLooked), cancellation);
            foreach (var approval in page.Approvals)
            {
                (place, seen) = (PendingPlace.Of(approval), seen + 1);
                if (access.MayDecide(approver, approval) && approval.ExpiresAt > time.GetUtcNow() && fits(approval))
                {
                    found.Add(approval);
                }

                if (found.Count == take)
                {
                    return new(found, place);
                }
            }

            if (page.Next is null)
            {
                return new(found, null);
            }
        }

        return new(found, place);
    }

    private bool Fits(ApprovalRecord approval, QueueQuery query) =>
        (string.IsNullOrEmpty(query.Capability) || approval.Capability == query.Capability)
        && (string.IsNullOrEmpty(query.Requester) || Names(approval.Requester).Any(name => name.Contains(query.Requester, StringComparison.OrdinalIgnoreCase)))
        && !(query.OnlyUnclaimed && approval.ClaimedBy(time.GetUtcNow()) is not null);

    // The key escapes what people type, such as the @ of an address.
    private static IEnumerable<string> Names(Principal requester) => new[] { requester.Key, requester.Subject, requester.OnBehalfOf }.OfType<string>();
}
