using System.Collections.Immutable;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The metadata that <see cref="CapabilityEndpointExtensions.RequireCapability"/> adds.</summary>
internal sealed class RequiredCapability(ImmutableArray<string> scopes) : IRequiredCapability
{
    public ImmutableArray<string> Scopes { get; } = scopes;
}
