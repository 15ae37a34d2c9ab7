using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Finds the approval that already stands for an identical action of the same principal.</summary>
internal static class StandingApprovals
{
    /// <summary>The newest one that people still decide or a server is to carry out; an expired row that was not swept yet stands for nothing.</summary>
    public static Task<ApprovalRow?> HeldAsync(StoreContext rows, TenantId tenant, string principalKey, string actionDigest, long now) =>
        Identical(rows, tenant, principalKey, actionDigest)
            .Where(row => row.State == ApprovalState.Executing || ((row.State == ApprovalState.Pending || row.State == ApprovalState.Approved) && row.ExpiresAt > now))
            .OrderByDescending(row => row.CreatedAt)
            .FirstOrDefaultAsync();

    /// <summary>The newest one that a person rejected after a moment.</summary>
    public static Task<ApprovalRow?> RejectedAsync(StoreContext rows, TenantId tenant, string principalKey, string actionDigest, long after) =>
        Identical(rows, tenant, principalKey, actionDigest)
            .Where(row => row.State == ApprovalState.Rejected && row.ClosedAt > after)
            .OrderByDescending(row => row.ClosedAt)
            .FirstOrDefaultAsync();

    private static IQueryable<ApprovalRow> Identical(StoreContext rows, TenantId tenant, string principalKey, string actionDigest) =>
        rows.Approvals.Where(row => row.Tenant == tenant.Value && row.RequesterKey == principalKey && row.ActionDigest == actionDigest);
}
