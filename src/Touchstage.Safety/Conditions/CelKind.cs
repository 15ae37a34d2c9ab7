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
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,

    /// <summary>A type as a value: what <c>type(x)</c> gives.</summary>
    Type,

    /// <summary>A value that may be absent: what <c>optional.of(x)</c> gives.</summary>
    Optional,
}
