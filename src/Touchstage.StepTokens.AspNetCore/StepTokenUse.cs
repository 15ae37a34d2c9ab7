namespace Touchstage.StepTokens.AspNetCore;

/// <summary>What a replay store says of a token. Only <see cref="First"/> lets a request through.</summary>
public enum StepTokenUse
{
    /// <summary>No answer; refused.</summary>
    Unknown = 0,

    /// <summary>The token was not used before, and is remembered now.</summary>
    First = 1,

    /// <summary>The token was used before; refused.</summary>
    Replayed = 2,

    /// <summary>There is no room to remember the token; refused.</summary>
    Full = 3,

    /// <summary>The token was issued before the store began to remember, so that nobody knows whether it was used; refused.</summary>
    TooOld = 4,
}
