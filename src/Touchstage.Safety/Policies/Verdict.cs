namespace Touchstage.Safety.Policies;

/// <summary>What the guardrails come to. <c>default</c> is the No that nothing overrides.</summary>
internal enum Verdict
{
    /// <summary>A forbid rule holds or could not be evaluated.</summary>
    Forbidden,

    /// <summary>No rule allows it, or a review rule asks for a person.</summary>
    Blocked,

    /// <summary>At least one allow rule holds; its limits are still to be reserved.</summary>
    Permitted,
}
