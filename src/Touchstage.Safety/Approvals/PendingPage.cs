namespace Touchstage.Safety.Approvals;

/// <summary>A page of pending approvals as the store has them, next to expire first.</summary>
/// <param name="Approvals">The approvals.</param>
/// <param name="Next">Where the next page starts, or null after the last.</param>
internal sealed record PendingPage(IReadOnlyList<ApprovalRecord> Approvals, PendingPlace? Next);
