using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>One person's decision on one revision.</summary>
/// <param name="Revision">The revision's number.</param>
/// <param name="RevisionDigest">The digest of what was shown.</param>
/// <param name="Voter">Who.</param>
/// <param name="Person">The person that session is linked to, or null.</param>
/// <param name="SessionId">In which session; at execution it must still be good and have the role.</param>
/// <param name="Decision">What.</param>
/// <param name="Reason">Why, in the person's words; a rejection's reason goes to the agent. Empty for none.</param>
/// <param name="Tag">What kind of lesson it is.</param>
/// <param name="Channel">Through which door: <c>prompt</c>, <c>elicitation</c>, <c>cli</c>, <c>inbox</c>.</param>
/// <param name="At">When.</param>
/// <param name="Statement">The server's signed statement of this vote, or null.</param>
internal sealed record ApprovalVote(
    int Revision,
    string RevisionDigest,
    Principal Voter,
    string? Person,
    string SessionId,
    VoteDecision Decision,
    string Reason,
    DecisionTag Tag,
    string Channel,
    DateTimeOffset At,
    string? Statement = null)
{
    /// <summary>The people who may be behind it.</summary>
    public People People => People.Behind(Voter, Person);
}
