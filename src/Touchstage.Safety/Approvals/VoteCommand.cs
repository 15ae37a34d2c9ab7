using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>
/// Asks the store to record a vote. In one transaction: the approval is pending, not expired and at the vote's revision; the voter has not voted on it and is not its
/// requester; a decision code, where given, is right and unused; then vote, ledger entry, and on quorum or rejection the new state are written.
/// </summary>
/// <param name="ApprovalId">On which approval.</param>
/// <param name="Vote">The vote.</param>
/// <param name="DecisionCodeHash">SHA-256 (lower-case hex) of the decision code that was typed, or null where the door needs none.</param>
/// <param name="Entry">The vote's ledger entry.</param>
internal sealed record VoteCommand(string ApprovalId, ApprovalVote Vote, string? DecisionCodeHash, LedgerDraft Entry);
