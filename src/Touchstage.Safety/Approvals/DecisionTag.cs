namespace Touchstage.Safety.Approvals;

/// <summary>What kind of lesson a decision is: the agent is told, and policies are learnt from it.</summary>
public enum DecisionTag
{
    /// <summary>None was given.</summary>
    None,

    /// <summary>The action was right and need not have waited: <c>policy_too_strict</c>.</summary>
    PolicyTooStrict,

    /// <summary>The action was not what should be done: <c>wrong_action</c>.</summary>
    WrongAction,

    /// <summary>It could not be decided from what was shown: <c>needs_more_information</c>.</summary>
    NeedsMoreInformation,
}
