namespace Touchstage.Safety.Actions;

/// <summary>What became of a call. <c>default</c> is a No.</summary>
public enum ActionStatus
{
    /// <summary>Nothing was executed.</summary>
    Refused,

    /// <summary>Nothing was executed yet; people decide.</summary>
    PendingApproval,

    /// <summary>The upstream did it.</summary>
    Completed,

    /// <summary>The upstream surely did nothing.</summary>
    Failed,

    /// <summary>It may or may not have happened.</summary>
    Unknown,
}
