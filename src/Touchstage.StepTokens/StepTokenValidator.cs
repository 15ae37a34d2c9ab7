namespace Touchstage.StepTokens;

/// <summary>
/// Holds a token to a request and to what the verifier expects. Pure: it reads no clock, fetches no key and remembers nothing, so
/// single use is the caller's to enforce, by remembering <see cref="StepTokenClaims.TokenId"/> until <c>exp</c> and the skew have passed.
/// </summary>
public static class StepTokenValidator
{
    /// <summary>Makes every check in its fixed order and stops at the first that fails.</summary>
    /// <param name="token">The compact JWS as received.</param>
    /// <param name="request">The request that it came with.</param>
    /// <param name="expected">What it is held to.</param>
    /// <returns>The claims, or the code of the check that failed.</returns>
    public static StepTokenVerdict Validate(string token, ReceivedRequest request, StepTokenExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(expected);
        if (!EnvelopeChecks.TryOpen(token, StepTokenFormat.MaxLength, expected.Type, expected.Keys, out var compact, out var failed))
        {
            return StepTokenVerdict.Failed(failed);
        }

        if (!StepTokenClaims.TryParse(compact.Payload, out var claims))
        {
            return StepTokenVerdict.Failed(StepTokenFailures.Claims);
        }

        foreach (var (failure, holds) in StepTokenChecks.OfTheClaims)
        {
            if (!holds(claims, request, expected))
            {
                return StepTokenVerdict.Failed(failure);
            }
        }

        return StepTokenVerdict.Valid(claims);
    }
}
