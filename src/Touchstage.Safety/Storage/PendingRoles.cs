using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Storage;

/// <summary>Keeps the approvers' queues: a pending approval stands in one for each role that may decide it, and no other approval stands in any, nor is to be escalated.</summary>
internal static class PendingRoles
{
    /// <summary>Brings the queues up to the approval as it is in this transaction.</summary>
    public static async Task KeepAsync(StoreContext rows, ApprovalRow approval, long now)
    {
        var (terms, waited) = (StoredEscalations.TermsOf(approval), TimeSpan.FromMicroseconds(now - approval.CreatedAt));
        var isPending = approval.State is ApprovalState.Pending;
        approval.EscalatesAt = isPending && terms.NextAfter(waited) is { } after ? approval.CreatedAt + after.ToMicros() : null;
        var wanted = isPending ? terms.RolesAfter(waited).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var row in await rows.ApprovalRoles.Where(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id).ToListAsync())
        {
            if (!wanted.Remove(row.Role))
            {
                rows.ApprovalRoles.Remove(row);
            }
        }

        foreach (var role in wanted)
        {
            rows.ApprovalRoles.Add(new ApprovalRoleRow { Tenant = approval.Tenant, Role = role, ExpiresAt = approval.ExpiresAt, ApprovalId = approval.Id });
        }
    }

    /// <summary>The ids that wait for any of the roles, next to expire first, after a place in that order.</summary>
    public static async Task<List<PendingPlace>> PageAsync(
        StoreContext rows, string tenant, IReadOnlyCollection<string> roles, PendingPlace? after, int take, CancellationToken cancellation)
    {
        // One index range a role, merged here: an approval that several of the roles may decide stands in each.
        var found = new HashSet<PendingPlace>();
        foreach (var role in roles)
        {
            var range = rows.ApprovalRoles.Where(row => row.Tenant == tenant && row.Role == role);
            if (after is { } place)
            {
                range = range.Where(row => row.ExpiresAt > place.ExpiresAt || (row.ExpiresAt == place.ExpiresAt && string.Compare(row.ApprovalId, place.ApprovalId) > 0));
            }

            var page = await range.OrderBy(row => row.ExpiresAt).ThenBy(row => row.ApprovalId).Take(take).Select(row => new { row.ExpiresAt, row.ApprovalId }).ToListAsync(cancellation);
            found.UnionWith(page.Select(row => new PendingPlace(row.ExpiresAt, row.ApprovalId)));
        }

        return [.. found.OrderBy(place => place.ExpiresAt).ThenBy(place => place.ApprovalId, StringComparer.Ordinal).Take(take)];
    }
}
