namespace Touchstage.Safety.Approvals;

/// <summary>A case put before one approver, with the code that proves later which revision they were shown.</summary>
/// <param name="Approval">The case; its <see cref="ApprovalView.Case"/> is set.</param>
/// <param name="DecisionCode">The decision code, such as <c>7K4M9-QXR2B</c>; null when the approval is no longer pending.</param>
/// <param name="CodeExpiresAt">Until when the code is good, or null.</param>
public sealed record ApprovalReview(ApprovalView Approval, string? DecisionCode, DateTimeOffset? CodeExpiresAt);
