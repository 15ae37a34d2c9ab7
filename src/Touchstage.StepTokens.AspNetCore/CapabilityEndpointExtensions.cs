using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Says which capabilities an endpoint serves.</summary>
public static partial class CapabilityEndpointExtensions
{
    /// <summary>
    /// Lets the endpoint run only with a valid, unused step token that was made for the very request and has one of these scopes. Where
    /// the kit is not wired, or another convention allows anonymous callers, the endpoint refuses all the same.
    /// </summary>
    /// <typeparam name="TBuilder">The endpoint's or the group's builder.</typeparam>
    /// <param name="endpoint">The endpoint or group.</param>
    /// <param name="scopes">The capabilities, such as <c>refund_user</c>; a fact is <c>fact:refund_user.customer</c>. At least one.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">No scope is given, or an empty one.</exception>
    public static TBuilder RequireCapability<TBuilder>(this TBuilder endpoint, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0 || Array.Exists(scopes, string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("Name the capabilities that the endpoint serves.", nameof(scopes));
        }

        var required = new RequiredCapability([.. scopes]);
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(required);
            builder.Metadata.Add(new AuthorizeAttribute { AuthenticationSchemes = StepTokenDefaults.Scheme });
        });
        endpoint.Finally(builder => builder.RequestDelegate = Guarded(builder.RequestDelegate, required.Scopes));
        return endpoint;
    }

    // Invariant: the endpoint asks for the outcome of the check itself, so that no order of middleware can leave the check out.
    private static RequestDelegate Guarded(RequestDelegate? serve, ImmutableArray<string> scopes) => async context =>
    {
        if (serve is not null && context.GetStepToken() is { } claims && scopes.Contains(claims.Scope, StringComparer.Ordinal))
        {
            await serve(context);
            return;
        }

        if (context.GetStepTokenFailure() is null)
        {
            context.Features.Set(StepTokenResult.Refused(StepTokenRequestFailures.NotWired));
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CapabilityEndpointExtensions));
            LogNotWired(logger, StepTokenRequestFailures.NotWired, context.GetEndpoint()?.DisplayName);
        }

        await InvalidTokenAnswer.WriteAsync(context.Response, acceptBearer: false);
    };

    [LoggerMessage(7103, LogLevel.Error, "Refused ({Check}): {Endpoint} requires a capability, but no step token was checked before it; call AddTouchstageStepTokens and let authentication and authorization run.")]
    private static partial void LogNotWired(ILogger logger, string check, string? endpoint);
}
