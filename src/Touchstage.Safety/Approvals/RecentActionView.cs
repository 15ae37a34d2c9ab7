namespace Touchstage.Safety.Approvals;

/// <summary>A recent action of the same capability.</summary>
/// <param name="StepId">Its step.</param>
/// <param name="Summary">Its one line.</param>
/// <param name="Status"><c>in_flight</c>, <c>completed</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="IsIdentical">Whether it is the very same action of the same principal.</param>
/// <param name="At">When it was recorded.</param>
public sealed record RecentActionView(string StepId, string Summary, string Status, bool IsIdentical, DateTimeOffset At);
