namespace Touchstage.Safety.Capabilities;

/// <summary>What a rule does if its condition holds. <c>default</c> is the strictest.</summary>
internal enum RuleEffect
{
    /// <summary>Refused; no approval can override it.</summary>
    Forbid,

    /// <summary>A person must decide.</summary>
    Review,

    /// <summary>Permitted, within its limits.</summary>
    Allow,
}
