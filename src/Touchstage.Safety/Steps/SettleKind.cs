namespace Touchstage.Safety.Steps;

/// <summary>What became of a <see cref="StepSettlement"/>.</summary>
internal enum SettleKind
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>It had been settled before.</summary>
    AlreadySettled,

    /// <summary>It is in flight still, and hindsight comes too early.</summary>
    InFlight,

    /// <summary>There is no such step in that tenant.</summary>
    NoSuchStep,
}
