namespace Touchstage.Safety.Approvals;

/// <summary>What a person decided. <c>default</c> is a no.</summary>
public enum VoteDecision
{
    /// <summary>No.</summary>
    Reject,

    /// <summary>Yes, to exactly the revision that was shown.</summary>
    Approve,
}
