namespace Touchstage.StepTokens;

/// <summary>What a person answered to what they were shown. <c>default</c> is a no.</summary>
public enum VoteAnswer
{
    /// <summary>No: <c>reject</c>.</summary>
    Reject,

    /// <summary>Yes: <c>approve</c>. Also what a person says who changed the request and confirmed the change.</summary>
    Approve,
}
