using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>
/// Lets a controller's actions run only with a valid, unused step token that was made for the very request and has one of these scopes; what
/// <see cref="CapabilityEndpointExtensions.RequireCapability"/> is for other endpoints. On controller and action both, only the scopes that both name are good.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireCapabilityAttribute : Attribute, IRequiredCapability, IAuthorizeData, IAuthorizationFilter
{
    private readonly ImmutableArray<string> scopes;

    /// <summary>Names the capabilities.</summary>
    /// <param name="scopes">The capabilities, such as <c>refund_user</c>; a fact is <c>fact:refund_user.customer</c>. At least one.</param>
    /// <exception cref="ArgumentException">No scope is given, or an empty one.</exception>
    public RequireCapabilityAttribute(params string[] scopes) => this.scopes = IRequiredCapability.Demand(scopes);

    /// <summary>The capabilities.</summary>
    public IReadOnlyList<string> Scopes => scopes;

    ImmutableArray<string> IRequiredCapability.Scopes => scopes;

    string? IAuthorizeData.Policy { get; set; }

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; } = StepTokenDefaults.Scheme;

    void IAuthorizationFilter.OnAuthorization(AuthorizationFilterContext context)
    {
        if (!CapabilityGuard.LetsThrough(context.HttpContext, this))
        {
            context.Result = new InvalidTokenResult();
        }
    }
}
