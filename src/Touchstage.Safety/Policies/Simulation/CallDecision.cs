namespace Touchstage.Safety.Policies.Simulation;

/// <summary>What becomes of a call by policy alone. <c>default</c> is the strictest; a greater value is looser.</summary>
public enum CallDecision
{
    /// <summary>It is refused, and nobody can approve it.</summary>
    Forbidden,

    /// <summary>It waits for people.</summary>
    Blocked,

    /// <summary>It is carried out without anybody being asked.</summary>
    Permitted,
}
