using System.Collections.Immutable;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>An endpoint's metadata: the scopes that it accepts.</summary>
internal sealed class RequiredCapability(ImmutableArray<string> scopes)
{
    public ImmutableArray<string> Scopes { get; } = scopes;
}
