namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The fixed names of the verifier kit.</summary>
public static class StepTokenDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "StepToken";

    /// <summary>The name of the HTTP client that fetches the issuer's keys.</summary>
    public const string KeysClient = "Touchstage.StepTokens.Keys";

    /// <summary>The principal's claim type for the id of the approval that permitted the step, where people decided.</summary>
    public const string ApprovalClaim = "approval";

    /// <summary>All that a caller learns about a refused token.</summary>
    public const string InvalidToken = "invalid_token";
}
