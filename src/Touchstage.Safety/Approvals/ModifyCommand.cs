using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>
/// Asks the store to put a person's change in the place of a pending revision. In one transaction: the approval is pending, not expired and at the revision that was shown; the
/// modifier is not its requester; a decision code, where given, is right and unused; then the revision is written, earlier votes fall, and where one yes is enough the
/// modifier's own is recorded and decides.
/// </summary>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="FromRevision">The revision that is replaced.</param>
/// <param name="FromDigest">Its digest.</param>
/// <param name="ManifestDigest">The manifest under which the new revision was judged.</param>
/// <param name="Revision">The new revision; its number is one more.</param>
/// <param name="Terms">Who must now say yes, and how.</param>
/// <param name="RepeatAfter">For how long an identical completed action stands in the way; zero for an idempotent capability.</param>
/// <param name="Vote">The modifier's confirmation of the new revision; recorded as a vote at quorum 1 only.</param>
/// <param name="DecisionCodeHash">SHA-256 of the decision code that was typed, or null where the door needs none.</param>
/// <param name="Entry">The revision's ledger entry.</param>
/// <param name="VoteEntry">The vote's ledger entry.</param>
internal sealed record ModifyCommand(
    string ApprovalId,
    int FromRevision,
    string FromDigest,
    string ManifestDigest,
    ApprovalRevision Revision,
    ApprovalTerms Terms,
    TimeSpan RepeatAfter,
    ApprovalVote Vote,
    string? DecisionCodeHash,
    LedgerDraft Entry,
    LedgerDraft VoteEntry);
