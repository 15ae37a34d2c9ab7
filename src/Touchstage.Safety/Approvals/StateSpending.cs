namespace Touchstage.Safety.Approvals;

/// <summary>What using a signed state came to.</summary>
public enum StateSpending
{
    /// <summary>It had been used before: whatever comes with it counts for nothing.</summary>
    AlreadySpent,

    /// <summary>It is used now, for the first time.</summary>
    Spent,
}
