using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <inheritdoc/>
internal sealed class Oversight(Store store) : IOversight
{
    private const int MaxSteps = 20;

    /// <inheritdoc/>
    public Task<TenantOversight> OfAsync(TenantId tenant, TimeSpan soon, CancellationToken cancellation)
    {
        var now = store.Now;
        var end = now + soon.ToMicros();
        return store.ReadAsync(
            async rows =>
            {
                var pending = rows.Approvals.Where(row => row.Tenant == tenant.Value && row.State == ApprovalState.Pending && row.ExpiresAt > now);
                // A look-up of a fact has no action's digest, and nothing comes of it.
                var unknown = rows.Steps.Where(row => row.Tenant == tenant.Value && row.ActionDigest != null && row.VerifyAt == null
                    && (row.Status == StepStatus.Unknown || (row.Status == StepStatus.InFlight && row.Deadline <= now)));
                var oldest = await unknown.OrderBy(row => row.RecordedAt).ThenBy(row => row.Id).Take(MaxSteps).ToListAsync(cancellation);
                return new TenantOversight(
                    await pending.CountAsync(cancellation),
                    await pending.CountAsync(row => row.ExpiresAt <= end, cancellation),
                    await unknown.CountAsync(cancellation),
                    [.. oldest.Select(row => new UnknownStep(row.Id, row.Capability, row.ApprovalId, StoreTime.FromMicros(row.RecordedAt)))]);
            },
            cancellation);
    }
}
