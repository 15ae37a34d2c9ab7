namespace Touchstage.Safety.Approvals;

/// <summary>What a person decides.</summary>
/// <param name="ApprovalId">On which approval.</param>
/// <param name="Vote">Yes or no.</param>
/// <param name="Reason">Why; a rejection's reason goes to the agent. At most 1,000 characters, empty for none.</param>
/// <param name="Channel">Through which door it came in.</param>
/// <param name="ShownRevision">The digest of the revision that was shown; doors that show and decide in one go bind the decision by it. Null where the code does.</param>
/// <param name="Code">The decision code, demanded where <paramref name="ShownRevision"/> is null.</param>
/// <param name="Tag">What kind of lesson it is.</param>
public sealed record Decision(
    string ApprovalId, VoteDecision Vote, string Reason, DecisionChannel Channel, string? ShownRevision, string? Code, DecisionTag Tag = DecisionTag.None);
