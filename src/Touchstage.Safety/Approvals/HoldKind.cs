namespace Touchstage.Safety.Approvals;

/// <summary>What became of a <see cref="HoldCommand"/>.</summary>
internal enum HoldKind
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>A new approval is pending.</summary>
    Held,

    /// <summary>The same principal's same action already has this undecided, approved or executing approval.</summary>
    AlreadyHeld,

    /// <summary>This approval of the identical action was rejected a short while ago.</summary>
    RejectedBefore,

    /// <summary>A person changed the identical action a short while ago, and what they made of it was carried out: this approval.</summary>
    ModifiedBefore,

    /// <summary>The identical action is in flight, unknown, or completed within <c>repeat_after</c>: this step answers.</summary>
    Repeats,

    /// <summary>The principal has too many pending approvals for this capability.</summary>
    TooManyPending,
}
