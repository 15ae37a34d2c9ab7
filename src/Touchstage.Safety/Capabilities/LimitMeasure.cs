namespace Touchstage.Safety.Capabilities;

/// <summary>What a limit measures.</summary>
internal enum LimitMeasure
{
    /// <summary>How often.</summary>
    Count,

    /// <summary>How much: the sum of an expression over the arguments.</summary>
    Sum,

    /// <summary>How many steps are under way: recorded and not settled, or of unknown outcome. It has no window.</summary>
    Concurrent,
}
