namespace Touchstage.Safety.Steps;

/// <summary>What became of a <see cref="StepIntent"/>.</summary>
internal enum AdmissionKind
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>The step is recorded; it may be sent.</summary>
    Written,

    /// <summary>The identical action is in flight, unknown, or completed within <c>repeat_after</c>.</summary>
    Duplicate,

    /// <summary>The identical action waits for people, or was approved and is to be carried out: that approval answers.</summary>
    AlreadyHeld,

    /// <summary>A person rejected the identical action a short while ago.</summary>
    RejectedBefore,

    /// <summary>A person changed the identical action a short while ago, and what they made of it was carried out.</summary>
    ModifiedBefore,

    /// <summary>Every candidate lacks room in a limit.</summary>
    LimitSpent,

    /// <summary>The approval is no longer approved at that revision, or has expired.</summary>
    ClaimLost,
}
