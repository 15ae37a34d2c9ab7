using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>Reads and decides approvals. Deciding only records; a server executes what was approved.</summary>
public interface IApprovals
{
    /// <summary>One approval: for its requester, or for an approver of the tenant who may decide it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="approvalId">The id as received.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The approval, or <c>unknown_approval</c>.</returns>
    Task<Result<ApprovalView>> FindAsync(Caller caller, string approvalId, CancellationToken cancellation);

    /// <summary>What the caller has to do with, newest first, 200 at most: an agent's own approvals of every state, or the pending ones that an approver may decide.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<ApprovalView>> ListAsync(Caller caller, CancellationToken cancellation);

    /// <summary>Puts a case before an approver and issues the decision code for this revision and this approver. Nothing else changes.</summary>
    /// <param name="approver">Who reviews.</param>
    /// <param name="approvalId">The id as received.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<Result<ApprovalReview>> ReviewAsync(Caller approver, string approvalId, CancellationToken cancellation);

    /// <summary>Records a decision, bound to what was shown.</summary>
    /// <param name="approver">Who decides.</param>
    /// <param name="decision">What.</param>
    /// <param name="cancellation">Ends the wait, not the recording.</param>
    Task<Result<DecisionReceipt>> DecideAsync(Caller approver, Decision decision, CancellationToken cancellation);
}
