namespace Touchstage.Safety.Policies.Simulation;

/// <summary>What a ledger entry tells of a call. <c>default</c> is nothing that was decided.</summary>
internal enum RecordedCallKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It was permitted, and its step recorded.</summary>
    Permitted,

    /// <summary>It was held for people.</summary>
    Held,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>It was refused because of what people had said to the identical call, or because too many wait already: policy did not decide it.</summary>
    Answered,

    /// <summary>People changed it, or saw it again under other rules.</summary>
    Revised,

    /// <summary>A held call was executed after people approved it.</summary>
    Executed,

    /// <summary>It became known what came of a step, or that nobody knows.</summary>
    Settled,
}
