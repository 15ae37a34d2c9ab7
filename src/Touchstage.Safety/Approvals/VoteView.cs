namespace Touchstage.Safety.Approvals;

/// <summary>One person's decision, for other approvers.</summary>
/// <param name="Voter">Who: the principal's key.</param>
/// <param name="Revision">On which revision.</param>
/// <param name="Decision">What.</param>
/// <param name="Reason">Why, in the person's words; empty for none.</param>
/// <param name="Tag">What kind of lesson it is.</param>
/// <param name="Channel">Through which door.</param>
/// <param name="At">When.</param>
public sealed record VoteView(string Voter, int Revision, VoteDecision Decision, string Reason, DecisionTag Tag, string Channel, DateTimeOffset At);
