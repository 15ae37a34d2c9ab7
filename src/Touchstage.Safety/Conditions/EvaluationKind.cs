namespace Touchstage.Safety.Conditions;

/// <summary>What an evaluation came to. An answer that was never given reads as a failure.</summary>
internal enum EvaluationKind
{
    /// <summary>There is no value, and more facts would not give one.</summary>
    Failed,

    /// <summary>The value depends on what has not been fetched.</summary>
    Unknown,

    /// <summary>There is a value of the condition's type.</summary>
    Value,
}
