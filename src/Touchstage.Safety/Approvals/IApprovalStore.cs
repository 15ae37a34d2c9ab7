using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Where approvals are kept. Each command is one transaction with its ledger entry and its change.</summary>
internal interface IApprovalStore
{
    /// <summary>Holds a blocked action, or names the row that already stands for it.</summary>
    Task<HoldReceipt> HoldAsync(TenantId tenant, HoldCommand command, CancellationToken cancellation);

    /// <summary>The approval, or null if that tenant has none of that id.</summary>
    Task<ApprovalRecord?> FindAsync(TenantId tenant, string approvalId, CancellationToken cancellation);

    /// <summary>A principal's own approvals, newest first.</summary>
    Task<IReadOnlyList<ApprovalRecord>> ListOfAsync(TenantId tenant, Principal requester, int take, CancellationToken cancellation);

    /// <summary>The pending approvals that any of the roles may decide, those that expire first coming first.</summary>
    Task<IReadOnlyList<ApprovalRecord>> ListPendingAsync(TenantId tenant, IReadOnlyCollection<string> roles, int take, CancellationToken cancellation);

    /// <summary>Recent steps of the capability, newest first.</summary>
    Task<IReadOnlyList<RecentActionView>> RecentAsync(
        TenantId tenant, string capability, Principal principal, string actionDigest, int take, CancellationToken cancellation);

    /// <summary>Records a vote.</summary>
    Task<VoteReceipt> VoteAsync(TenantId tenant, VoteCommand command, CancellationToken cancellation);

    /// <summary>Keeps a decision code; refused while the approver is locked out of the revision.</summary>
    Task<VoteKind> IssueCodeAsync(TenantId tenant, DecisionCodeIssue code, CancellationToken cancellation);

    /// <summary>Replaces the revision; votes fall.</summary>
    Task<ApprovalWrite> ReviseAsync(TenantId tenant, ReviseCommand command, CancellationToken cancellation);

    /// <summary>Ends an approval that has no step.</summary>
    Task<ApprovalWrite> CloseAsync(TenantId tenant, CloseCommand command, CancellationToken cancellation);
}
