using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Storage;

/// <summary>What was done, or asked for and not done, like an action that waits.</summary>
internal sealed class RecentActions(Store store)
{
    // Looked at of each kind, newest first: enough to find a repeat, bounded whatever the history.
    private const int MaxSeen = 50;

    /// <summary>The most alike first: the very same action, then whose one line shares the most words, then the newest.</summary>
    public async Task<IReadOnlyList<RecentActionView>> LikeAsync(ApprovalRecord approval, int take, CancellationToken cancellation)
    {
        var (tenant, key, digest, now) = (approval.Tenant.Value, approval.Requester.Key, approval.Revision.ActionDigest, store.Now);
        var seen = await store.ReadAsync(
            async rows =>
            {
                // The scope of a step is its capability exactly if it is no look-up.
                var steps = await rows.Steps
                    .Where(row => row.Tenant == tenant && row.Scope == approval.Capability)
                    .OrderByDescending(row => row.RecordedAt)
                    .Take(MaxSeen)
                    .ToListAsync(cancellation);
                var asked = await rows.Approvals
                    .Where(row => row.Tenant == tenant && row.Capability == approval.Capability && row.StepId == null && row.Id != approval.Id)
                    .OrderByDescending(row => row.CreatedAt)
                    .Take(MaxSeen)
                    .Join(rows.Revisions, row => new { row.Tenant, row.Id, row.Revision }, row => new { row.Tenant, Id = row.ApprovalId, Revision = row.Number }, (row, revision) => new { Row = row, revision.Summary })
                    .ToListAsync(cancellation);
                return steps
                    .Select(row => new RecentActionView(
                        row.Id, row.Summary, StatusName(StepJournal.StatusAt(row, now)), row.PrincipalKey == key && row.ActionDigest == digest, StoreTime.FromMicros(row.RecordedAt)))
                    .Concat(asked.Select(one => new RecentActionView(
                        one.Row.Id, one.Summary, StatusName(one.Row, now), one.Row.RequesterKey == key && one.Row.ActionDigest == digest, StoreTime.FromMicros(one.Row.CreatedAt))))
                    .ToList();
            },
            cancellation);
        var words = Words(approval.Revision.Summary);
        return
        [
            .. seen.OrderByDescending(view => view.IsIdentical)
                .ThenByDescending(view => words.Intersect(Words(view.Summary), StringComparer.Ordinal).Count())
                .ThenByDescending(view => view.At)
                .ThenByDescending(view => view.StepId, StringComparer.Ordinal)
                .Take(take),
        ];
    }

    private static HashSet<string> Words(string summary) => [.. summary.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string StatusName(ApprovalRow row, long now) => row.State switch
    {
        ApprovalState.Pending or ApprovalState.Approved when row.ExpiresAt <= now => "expired",
        ApprovalState.Pending => "pending",
        ApprovalState.Approved => "approved",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Expired => "expired",
        ApprovalState.Withdrawn => "withdrawn",
        _ => "refused",
    };

    private static string StatusName(StepStatus status) => status switch
    {
        StepStatus.InFlight => "in_flight",
        StepStatus.Completed => "completed",
        StepStatus.Failed => "failed",
        _ => "unknown",
    };
}
