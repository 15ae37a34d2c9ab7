using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Says which capabilities an endpoint serves.</summary>
public static class CapabilityEndpointExtensions
{
    /// <summary>
    /// Lets the endpoint run only with a valid, unused step token that was made for the very request and has one of these scopes. Where
    /// the kit is not wired, or another convention allows anonymous callers, the endpoint refuses all the same. Where a group and an endpoint both name
    /// scopes, only those that both name are good. It changes nothing for other endpoints: what was open stays open.
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
        var required = new RequiredCapability(IRequiredCapability.Demand(scopes));
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(required);
            builder.Metadata.Add(new AuthorizeAttribute { AuthenticationSchemes = StepTokenDefaults.Scheme });
        });
        endpoint.Finally(builder => builder.RequestDelegate = Guarded(builder.RequestDelegate, required));
        return endpoint;
    }

    private static RequestDelegate Guarded(RequestDelegate? serve, RequiredCapability required) => context =>
        serve is not null && CapabilityGuard.LetsThrough(context, required) ? serve(context) : InvalidTokenAnswer.WriteAsync(context.Response, acceptBearer: false);
}
