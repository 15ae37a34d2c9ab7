namespace Touchstage.Safety.Approvals;

/// <summary>What a decision came to.</summary>
/// <param name="Approval">The approval as it stands now.</param>
/// <param name="WasRecorded">False if this very decision had been recorded before: a retry does no harm.</param>
public sealed record DecisionReceipt(ApprovalView Approval, bool WasRecorded);
