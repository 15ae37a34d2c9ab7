namespace Touchstage.StepTokens.AspNetCore;

/// <summary>What the kit found out about this request's token; kept as a feature of the request.</summary>
internal sealed class StepTokenResult
{
    private StepTokenResult(StepTokenClaims? claims, string? failure)
    {
        Claims = claims;
        Failure = failure;
    }

    public StepTokenClaims? Claims { get; }

    public string? Failure { get; }

    public static StepTokenResult Accepted(StepTokenClaims claims) => new(claims, null);

    public static StepTokenResult Refused(string failure) => new(null, failure);
}
