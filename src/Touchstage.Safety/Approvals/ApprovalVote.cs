using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>One person's decision on one revision.</summary>
/// <param name="Revision">The revision's number.</param>
/// <param name="RevisionDigest">The digest of what was shown.</param>
/// <param name="Voter">Who.</param>
/// <param name="SessionId">In which session; at execution it must still be good and have the role.</param>
/// <param name="Decision">What.</param>
/// <param name="Reason">Why, in the person's words; a rejection's reason goes to the agent. Empty for none.</param>
/// <param name="Channel">Through which door: <c>prompt</c>, <c>elicitation</c>, <c>cli</c>, <c>inbox</c>.</param>
/// <param name="At">When.</param>
internal sealed record ApprovalVote(
    int Revision, string RevisionDigest, Principal Voter, string SessionId, VoteDecision Decision, string Reason, string Channel, DateTimeOffset At);
