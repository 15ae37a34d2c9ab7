namespace Touchstage.Safety.Approvals;

/// <summary>A recent action of the same capability, or one that people were asked for and that was not executed.</summary>
/// <param name="StepId">Its step, or its approval where there is no step.</param>
/// <param name="Summary">Its one line.</param>
/// <param name="Status"><c>in_flight</c>, <c>completed</c>, <c>failed</c> or <c>unknown</c>; without a step <c>pending</c>, <c>approved</c>, <c>rejected</c>, <c>expired</c>, <c>withdrawn</c> or <c>refused</c>.</param>
/// <param name="IsIdentical">Whether it is the very same action of the same principal.</param>
/// <param name="At">When it was recorded.</param>
public sealed record RecentActionView(string StepId, string Summary, string Status, bool IsIdentical, DateTimeOffset At);
