using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>Ends an approval that has no step: from pending or approved to refused, expired or withdrawn. One transaction.</summary>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="FromRevision">The revision that was judged, which must still be approved; null for whatever is pending or approved.</param>
/// <param name="State">Refused, expired or withdrawn.</param>
/// <param name="Code">Why, as a permanent code.</param>
/// <param name="Reason">Why, for a reader.</param>
/// <param name="At">When.</param>
/// <param name="Entry">Its ledger entry.</param>
internal sealed record CloseCommand(string ApprovalId, int? FromRevision, ApprovalState State, string Code, string Reason, DateTimeOffset At, LedgerDraft Entry);
