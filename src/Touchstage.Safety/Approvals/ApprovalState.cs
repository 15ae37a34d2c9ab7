namespace Touchstage.Safety.Approvals;

/// <summary>Where an approval stands. <c>default</c> is <see cref="Refused"/>.</summary>
public enum ApprovalState
{
    /// <summary>Approved, but at execution the policy forbade it. Final.</summary>
    Refused,

    /// <summary>Waits for people.</summary>
    Pending,

    /// <summary>People said yes; a server will execute it.</summary>
    Approved,

    /// <summary>A person said no. Final.</summary>
    Rejected,

    /// <summary>Nobody decided, or nothing executed, in time. Final.</summary>
    Expired,

    /// <summary>Taken back, by its requester or with the requester's session. Final.</summary>
    Withdrawn,

    /// <summary>Its step is recorded.</summary>
    Executing,

    /// <summary>Its step completed. Final.</summary>
    Succeeded,

    /// <summary>Its step surely did nothing. Final.</summary>
    Failed,

    /// <summary>Its step may or may not have happened.</summary>
    Unknown,
}
