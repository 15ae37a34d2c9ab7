namespace Touchstage.Safety.Steps;

/// <summary>Where a step stands. <c>default</c> is <see cref="Unknown"/>.</summary>
public enum StepStatus
{
    /// <summary>It may or may not have happened.</summary>
    Unknown,

    /// <summary>It is recorded and not settled, and its deadline has not passed.</summary>
    InFlight,

    /// <summary>The upstream answered 2xx.</summary>
    Completed,

    /// <summary>The upstream surely did nothing.</summary>
    Failed,
}
