namespace Touchstage.Safety.Approvals;

/// <summary>A recent step of the same capability, shown to approvers so that a repeat is noticed.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Summary">Its one line.</param>
/// <param name="Status"><c>in_flight</c>, <c>completed</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="IsIdentical">Whether it is the same action by the same principal.</param>
/// <param name="At">When it was recorded.</param>
internal sealed record RecentAction(string StepId, string Summary, string Status, bool IsIdentical, DateTimeOffset At);
