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
    /// <param name="tenant">Whose.</param>
    /// <param name="roles">The roles.</param>
    /// <param name="after">Where the page before ended, or null.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<PendingPage> ListPendingAsync(TenantId tenant, IReadOnlyCollection<string> roles, PendingPlace? after, int take, CancellationToken cancellation);

    /// <summary>How many are pending for the roles, counted up to a bound.</summary>
    Task<int> CountPendingAsync(TenantId tenant, IReadOnlyCollection<string> roles, int upTo, CancellationToken cancellation);

    /// <summary>Steps and unexecuted approvals of the capability, the most alike first.</summary>
    Task<IReadOnlyList<RecentActionView>> RecentAsync(ApprovalRecord approval, int take, CancellationToken cancellation);

    /// <summary>Records a vote.</summary>
    Task<VoteReceipt> VoteAsync(TenantId tenant, VoteCommand command, CancellationToken cancellation);

    /// <summary>Keeps a decision code; refused while the approver is locked out of the revision.</summary>
    Task<VoteKind> IssueCodeAsync(TenantId tenant, DecisionCodeIssue code, CancellationToken cancellation);

    /// <summary>Whether a decision code of this hash has confirmed something on the approval.</summary>
    Task<bool> IsCodeUsedAsync(TenantId tenant, string approvalId, string codeHash, CancellationToken cancellation);

    /// <summary>Replaces the revision because what people saw is no longer so; votes fall.</summary>
    Task<ApprovalWrite> ReviseAsync(TenantId tenant, ReviseCommand command, CancellationToken cancellation);

    /// <summary>Replaces the revision by what a person made of it; votes fall, and at quorum 1 theirs decides.</summary>
    Task<VoteReceipt> ModifyAsync(TenantId tenant, ModifyCommand command, CancellationToken cancellation);

    /// <summary>Adds a note.</summary>
    Task<ApprovalWrite> NoteAsync(TenantId tenant, NoteCommand command, CancellationToken cancellation);

    /// <summary>Puts an approval into the queues of those who may decide it by now.</summary>
    Task<ApprovalWrite> EscalateAsync(TenantId tenant, EscalateCommand command, CancellationToken cancellation);

    /// <summary>Ends an approval that has no step.</summary>
    Task<ApprovalWrite> CloseAsync(TenantId tenant, CloseCommand command, CancellationToken cancellation);
}
