namespace Touchstage.Safety.Approvals;

/// <summary>The store's answer to a <see cref="HoldCommand"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Approval">The row that stands for the action, where there is one.</param>
/// <param name="StepId">The step that answers for it, where there is one.</param>
internal sealed record HoldReceipt(HoldKind Kind, ApprovalRecord? Approval, string? StepId);
