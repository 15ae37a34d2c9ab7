namespace Touchstage.Safety.Conditions;

/// <summary>What a <see cref="CelValue"/> is.</summary>
internal enum CelKind
{
    /// <summary>No value: reading it is an error.</summary>
    Failed,

    /// <summary>Not fetched yet.</summary>
    Unknown,
    Null,
    Bool,
    Int,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
}
