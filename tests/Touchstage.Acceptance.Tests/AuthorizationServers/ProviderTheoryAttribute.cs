namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>A theory with the needs of <see cref="ProviderFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProviderTheoryAttribute : TheoryAttribute
{
    public ProviderTheoryAttribute() => Skip = ProviderFactAttribute.Missing;
}
