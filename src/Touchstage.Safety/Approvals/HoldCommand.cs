using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>Asks the store to hold a blocked action for people, or to say which row already stands for it. One transaction.</summary>
/// <param name="Approval">The row to create: state pending, revision 1, no votes.</param>
/// <param name="MaxPending">How many pending approvals its requester may have for this capability.</param>
/// <param name="RejectionMemory">For how long an identical action stays rejected.</param>
/// <param name="RepeatAfter">For how long an identical completed action answers for this one; zero for an idempotent capability.</param>
/// <param name="Entry">Its ledger entry, written only if the row is.</param>
internal sealed record HoldCommand(ApprovalRecord Approval, int MaxPending, TimeSpan RejectionMemory, TimeSpan RepeatAfter, LedgerDraft Entry);
