using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Approvals;

/// <summary>What one decision of several came to; exactly one of the two is set.</summary>
/// <param name="ApprovalId">On which approval.</param>
/// <param name="Receipt">The recorded decision.</param>
/// <param name="Refusal">Why it was not recorded.</param>
public sealed record BatchReceipt(string ApprovalId, DecisionReceipt? Receipt, Refusal? Refusal);
