namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>A test that needs Node, npm oidc-provider and the client packages; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResourceFactAttribute : FactAttribute
{
    /// <summary>What is missing, or null.</summary>
    internal static readonly string? Missing = ProviderFactAttribute.Missing ?? NodePackages.Missing("node", "the TypeScript clients");

    public ResourceFactAttribute() => Skip = Missing;
}
