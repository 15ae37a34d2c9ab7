namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>What an evaluation may come to; anything that is neither true nor false is a failure.</summary>
[Flags]
internal enum Outcomes
{
    None = 0,
    True = 1,
    False = 2,
    Failed = 4,
    NotTrue = False | Failed,
    NotFalse = True | Failed,
    Any = True | False | Failed,
}
