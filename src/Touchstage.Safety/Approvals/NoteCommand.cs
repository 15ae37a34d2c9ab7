using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>Adds a note to an approval. One transaction; a note other than a reveal needs an approval that is still undecided.</summary>
/// <param name="ApprovalId">To which approval.</param>
/// <param name="Note">What.</param>
/// <param name="Entry">Its ledger entry.</param>
internal sealed record NoteCommand(string ApprovalId, ApprovalNote Note, LedgerDraft Entry);
