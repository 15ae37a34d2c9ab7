using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Asks for the outcome of the token's check right before an endpoint runs, so that no order of middleware and no convention can leave the check out.</summary>
internal static partial class CapabilityGuard
{
    /// <summary>What stands in the place of an endpoint whose token was refused: all that is said of it, and nothing of what it does.</summary>
    public static Endpoint InPlaceOf(Endpoint endpoint, bool acceptBearer) =>
        new(context => InvalidTokenAnswer.WriteAsync(context.Response, acceptBearer), endpoint.Metadata, endpoint.DisplayName);

    /// <summary>Whether a valid token with one of the endpoint's scopes came with the request; logs it where nobody checked.</summary>
    public static bool LetsThrough(HttpContext context, IRequiredCapability required)
    {
        if (context.GetStepToken() is { } claims && required.Scopes.Contains(claims.Scope, StringComparer.Ordinal))
        {
            return true;
        }

        if (context.GetStepTokenFailure() is null)
        {
            context.Features.Set(StepTokenResult.Refused(StepTokenRequestFailures.NotWired));
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CapabilityGuard));
            LogNotWired(logger, StepTokenRequestFailures.NotWired, context.GetEndpoint()?.DisplayName);
        }

        return false;
    }

    [LoggerMessage(7103, LogLevel.Error, "Refused ({Check}): {Endpoint} requires a capability, but no step token was checked before it; call AddTouchstageStepTokens and let authentication and authorization run.")]
    private static partial void LogNotWired(ILogger logger, string check, string? endpoint);
}
