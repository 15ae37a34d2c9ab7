using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>
/// Finds the approval that already stands for an identical action of the same principal. What a person has changed stands for what was proposed and for what was made of it.
/// </summary>
internal static class StandingApprovals
{
    /// <summary>The newest one that people still decide or a server is to carry out; an expired row that was not swept yet stands for nothing.</summary>
    public static Task<ApprovalRow?> HeldAsync(StoreContext rows, TenantId tenant, string principalKey, string actionDigest, long now, string? exceptApproval = null) =>
        Identical(rows, tenant, principalKey, actionDigest)
            .Where(row => row.Id != exceptApproval)
            .Where(row => row.State == ApprovalState.Executing || ((row.State == ApprovalState.Pending || row.State == ApprovalState.Approved) && row.ExpiresAt > now))
            .OrderByDescending(row => row.CreatedAt)
            .FirstOrDefaultAsync();

    /// <summary>The newest one that a person rejected after a moment.</summary>
    public static Task<ApprovalRow?> RejectedAsync(StoreContext rows, TenantId tenant, string principalKey, string actionDigest, long after) =>
        Identical(rows, tenant, principalKey, actionDigest)
            .Where(row => row.State == ApprovalState.Rejected && row.ClosedAt > after)
            .OrderByDescending(row => row.ClosedAt)
            .FirstOrDefaultAsync();

    /// <summary>The newest one that was carried out after a moment as something else than this action, because a person had changed it.</summary>
    public static Task<ApprovalRow?> ModifiedAsync(StoreContext rows, TenantId tenant, string principalKey, string actionDigest, long after) =>
        Identical(rows, tenant, principalKey, actionDigest)
            .Where(row => row.ActionDigest != actionDigest && row.ClosedAt > after
                && (row.State == ApprovalState.Succeeded || row.State == ApprovalState.Failed || row.State == ApprovalState.Unknown))
            .OrderByDescending(row => row.ClosedAt)
            .FirstOrDefaultAsync();

    private static IQueryable<ApprovalRow> Identical(StoreContext rows, TenantId tenant, string principalKey, string actionDigest) =>
        rows.Revisions.Where(row => row.Tenant == tenant.Value && row.ActionDigest == actionDigest)
            .Join(rows.Approvals, revision => new { revision.Tenant, Id = revision.ApprovalId }, approval => new { approval.Tenant, approval.Id }, (_, approval) => approval)
            .Where(row => row.RequesterKey == principalKey);
}
