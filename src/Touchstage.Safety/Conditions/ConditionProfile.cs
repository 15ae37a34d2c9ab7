namespace Touchstage.Safety.Conditions;

/// <summary>How strictly a condition is checked before it runs.</summary>
internal enum ConditionProfile
{
    /// <summary>A rule of a policy: also what can never be true, and what may be absent, is a problem.</summary>
    Policy,

    /// <summary>What the language itself demands, and no more.</summary>
    Standard,

    /// <summary>Only the grammar: everything else is found when it runs.</summary>
    Unchecked,
}
