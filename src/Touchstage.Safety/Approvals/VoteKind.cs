namespace Touchstage.Safety.Approvals;

/// <summary>What became of a vote.</summary>
internal enum VoteKind
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It was recorded; others must vote too.</summary>
    Recorded,

    /// <summary>It was recorded and decided the approval.</summary>
    Decided,

    /// <summary>There is no such approval in that tenant.</summary>
    NoSuchApproval,

    /// <summary>What was shown is no longer what is pending: a newer revision.</summary>
    NewerRevision,

    /// <summary>Somebody was faster, or it expired or was withdrawn: the row says who and how.</summary>
    NotPending,

    /// <summary>This person has already voted on this revision; the row says how.</summary>
    AlreadyVoted,

    /// <summary>What a person would make of it already waits, runs, or has just run for the same requester.</summary>
    StandsElsewhere,

    /// <summary>The voter is the requester.</summary>
    OwnRequest,

    /// <summary>The decision code is not the one that was issued, or is too old. It counts as a wrong try.</summary>
    WrongCode,

    /// <summary>Five wrong codes: locked for this approver.</summary>
    CodeLocked,
}
