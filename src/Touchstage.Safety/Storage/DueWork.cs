using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>What is due, over all tenants.</summary>
internal sealed class DueWork(Store store) : IDueWork
{
    public async Task<IReadOnlyList<DueItem>> FindAsync(DateTimeOffset now, int take, CancellationToken cancellation)
    {
        var at = now.ToMicros();
        var due = await store.ReadAsync(
            async rows =>
            {
                // One query a kind, so that each walks one index and none the whole table.
                var approved = await rows.Approvals
                    .Where(row => row.State == ApprovalState.Approved)
                    .OrderBy(row => row.ExpiresAt)
                    .Take(take)
                    .Select(row => new { row.Tenant, row.Id, row.ExpiresAt, Since = row.CreatedAt })
                    .ToListAsync(cancellation);
                var expired = await rows.Approvals
                    .Where(row => row.State == ApprovalState.Pending && row.ExpiresAt <= at)
                    .OrderBy(row => row.ExpiresAt)
                    .Take(take)
                    .Select(row => new { row.Tenant, row.Id, row.ExpiresAt, Since = row.CreatedAt })
                    .ToListAsync(cancellation);
                var escalating = await rows.Approvals
                    .Where(row => row.EscalatesAt <= at && row.State == ApprovalState.Pending && row.ExpiresAt > at)
                    .OrderBy(row => row.EscalatesAt)
                    .Take(take)
                    .Select(row => new { row.Tenant, row.Id, Since = row.CreatedAt })
                    .ToListAsync(cancellation);
                var steps = await rows.Steps
                    .Where(row => row.Status == StepStatus.InFlight && row.Deadline <= at)
                    .OrderBy(row => row.RecordedAt)
                    .Take(take)
                    .Select(row => new { row.Tenant, row.Id, Since = row.RecordedAt })
                    .ToListAsync(cancellation);
                var looks = await rows.Steps
                    .Where(row => row.VerifyAt <= at && row.Status == StepStatus.Unknown)
                    .OrderBy(row => row.VerifyAt)
                    .Take(take)
                    .Select(row => new { row.Tenant, row.Id, Since = row.RecordedAt })
                    .ToListAsync(cancellation);
                return approved.Concat(expired)
                    .Select(row => (row.Since, row.Tenant, Kind: row.ExpiresAt <= at ? DueKind.Expire : DueKind.Execute, row.Id))
                    .Concat(escalating.Select(row => (row.Since, row.Tenant, Kind: DueKind.Escalate, row.Id)))
                    .Concat(steps.Select(row => (row.Since, row.Tenant, Kind: DueKind.Abandon, row.Id)))
                    .Concat(looks.Select(row => (row.Since, row.Tenant, Kind: DueKind.Verify, row.Id)))
                    .OrderBy(item => item.Since)
                    .ThenBy(item => item.Id, StringComparer.Ordinal)
                    .Take(take)
                    .ToList();
            },
            cancellation);
        return [.. due.Select(item => new DueItem(TenantId.Parse(item.Tenant), item.Kind, item.Id))];
    }
}
