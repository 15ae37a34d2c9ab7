namespace Touchstage.Safety.Approvals;

/// <summary>The store's answer to a <see cref="VoteCommand"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Approval">The row as it stands now, where there is one.</param>
internal sealed record VoteReceipt(VoteKind Kind, ApprovalRecord? Approval);
