using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>What an endpoint, or the owner's own journal, can ask about the token of a request.</summary>
public static class StepTokenHttpContextExtensions
{
    /// <summary>The claims of the token that this request was accepted with.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The claims; null if no token was accepted.</returns>
    public static StepTokenClaims? GetStepToken(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<StepTokenResult>()?.Claims;
    }

    /// <summary>Why this request's token was refused. For the owner's records; the caller must not learn it.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A code of <see cref="StepTokenFailures"/> or <see cref="StepTokenRequestFailures"/>; null if none was refused.</returns>
    public static string? GetStepTokenFailure(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<StepTokenResult>()?.Failure;
    }
}
