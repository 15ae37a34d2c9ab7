using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>Who may see an approval, and who may decide it.</summary>
internal sealed class ApprovalAccess(IApprovalStore store, TimeProvider time)
{
    /// <summary>The approval, for its requester or for an approver who may decide it; null for everybody else, like one that does not exist.</summary>
    public async Task<ApprovalRecord?> VisibleAsync(Caller caller, string approvalId, CancellationToken cancellation) =>
        await store.FindAsync(caller.Tenant, approvalId, cancellation) is { } approval && (IsRequester(caller, approval) || MayDecide(caller, approval)) ? approval : null;

    /// <summary>The approval, for an approver who may decide it.</summary>
    public async Task<Result<ApprovalRecord>> DecidableAsync(Caller approver, string approvalId, CancellationToken cancellation)
    {
        if (approver.Kind is not SessionKind.Approver)
        {
            return SessionRefusals.OnlyApproversDecide();
        }

        if (await store.FindAsync(approver.Tenant, approvalId, cancellation) is not { } approval)
        {
            return ApprovalRefusals.UnknownApproval();
        }

        // Whoever may not see it is told that there is none; its own requester is told why not.
        return approval.People.Overlap(approver.People) ? ApprovalRefusals.Own() : MayDecide(approver, approval) ? approval : ApprovalRefusals.UnknownApproval();
    }

    /// <summary>Whether the caller asked for it.</summary>
    public static bool IsRequester(Caller caller, ApprovalRecord approval) => approval.Tenant == caller.Tenant && approval.Requester == caller.Principal;

    /// <summary>Whether the caller may decide it now.</summary>
    public bool MayDecide(Caller caller, ApprovalRecord approval) =>
        caller.Kind is SessionKind.Approver
        && approval.Tenant == caller.Tenant
        && !approval.People.Overlap(caller.People)
        && caller.Roles.Intersect(approval.RolesAt(time.GetUtcNow()), StringComparer.Ordinal).Any();
}
