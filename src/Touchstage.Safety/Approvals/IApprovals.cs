using System.Collections.Immutable;
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

    /// <summary>A page of what waits for an approver, next to expire first; nothing for an agent.</summary>
    /// <param name="approver">Whose queue.</param>
    /// <param name="query">Which part of it.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<ApprovalQueue> QueueAsync(Caller approver, QueueQuery query, CancellationToken cancellation);

    /// <summary>Puts a case before an approver and issues the decision code for this revision and this approver. Nothing else changes.</summary>
    /// <param name="approver">Who reviews.</param>
    /// <param name="approvalId">The id as received.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<Result<ApprovalReview>> ReviewAsync(Caller approver, string approvalId, CancellationToken cancellation);

    /// <summary>Records a decision, bound to what was shown.</summary>
    /// <param name="approver">Who decides.</param>
    /// <param name="decision">What.</param>
    /// <param name="cancellation">Stops it before it is recorded; what is being recorded is recorded to its end.</param>
    /// <returns>What it came to; <c>weak_door</c> for a yes through a door that the capability does not accept.</returns>
    Task<Result<DecisionReceipt>> DecideAsync(Caller approver, Decision decision, CancellationToken cancellation);

    /// <summary>Records several decisions, each for itself. A yes is recorded only if all are of one capability and have the same summary.</summary>
    /// <param name="approver">Who decides.</param>
    /// <param name="decisions">What, 100 at most.</param>
    /// <param name="cancellation">Stops it before the next is recorded.</param>
    /// <returns>What each came to, in the order given; all <c>unlike_summaries</c> where a yes was given to things that differ.</returns>
    Task<ImmutableArray<BatchReceipt>> DecideManyAsync(Caller approver, ImmutableArray<Decision> decisions, CancellationToken cancellation);

    /// <summary>Takes an approval back that was not carried out yet: nothing will be executed.</summary>
    /// <param name="requester">Whoever asked for it.</param>
    /// <param name="approvalId">The id as received.</param>
    /// <param name="reason">Why, for people; empty for none.</param>
    /// <param name="cancellation">Stops it before it is recorded.</param>
    /// <returns>The approval as it stands now, <c>unknown_approval</c>, or <c>already_decided</c> where it is too late.</returns>
    Task<Result<ApprovalView>> WithdrawAsync(Caller requester, string approvalId, string reason, CancellationToken cancellation);

    /// <summary>Comments without deciding, says "I am on it", or that one no longer is.</summary>
    /// <param name="approver">Who.</param>
    /// <param name="approvalId">The id as received.</param>
    /// <param name="kind">Comment, claim or release.</param>
    /// <param name="text">The words; a comment needs some. At most 1,000 characters.</param>
    /// <param name="channel">Through which door.</param>
    /// <param name="cancellation">Stops it before it is recorded.</param>
    Task<Result<ApprovalView>> NoteAsync(Caller approver, string approvalId, NoteKind kind, string text, DecisionChannel channel, CancellationToken cancellation);

    /// <summary>Shows the sensitive values of the revision that was shown. Who looks is recorded before.</summary>
    /// <param name="approver">Who looks.</param>
    /// <param name="approvalId">The id as received.</param>
    /// <param name="shownRevision">The digest of the revision that was shown.</param>
    /// <param name="channel">Through which door.</param>
    /// <param name="cancellation">Stops it before it is recorded.</param>
    Task<Result<RevealedArguments>> RevealAsync(Caller approver, string approvalId, string shownRevision, DecisionChannel channel, CancellationToken cancellation);
}
