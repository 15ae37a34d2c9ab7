namespace Touchstage.Safety.Policies;

/// <summary>What a rule's condition came to. <c>default</c> is <see cref="Failed"/>.</summary>
internal enum RuleOutcome
{
    /// <summary>It could not be evaluated. Never the same as false.</summary>
    Failed,

    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It was not needed for the verdict: it depends on facts that were not looked up.</summary>
    NotNeeded,
}
