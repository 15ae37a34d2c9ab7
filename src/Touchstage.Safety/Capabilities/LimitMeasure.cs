namespace Touchstage.Safety.Capabilities;

/// <summary>What a limit measures.</summary>
internal enum LimitMeasure
{
    /// <summary>How often.</summary>
    Count,

    /// <summary>How much: the sum of an expression over the arguments.</summary>
    Sum,
}
