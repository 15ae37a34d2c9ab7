using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>Tells that more people may decide by now, and puts the approval into their queues. One transaction.</summary>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="At">Now.</param>
/// <param name="Entry">Its ledger entry.</param>
internal sealed record EscalateCommand(string ApprovalId, DateTimeOffset At, LedgerDraft Entry);
