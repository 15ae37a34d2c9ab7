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

    /// <summary>What the caller has to do with, 200 at most: an agent's own approvals of every state, newest first, or the pending ones that an approver may decide, next to expire first.</summary>
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
    /// <param name="cancellation">Stops it before it is recorded; what is being recorded is recorded to its end.</param>
    Task<Result<DecisionReceipt>> DecideAsync(Caller approver, Decision decision, CancellationToken cancellation);
}
