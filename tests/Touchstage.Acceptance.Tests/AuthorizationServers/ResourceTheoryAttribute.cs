namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>A theory with the needs of <see cref="ResourceFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResourceTheoryAttribute : TheoryAttribute
{
    public ResourceTheoryAttribute() => Skip = ResourceFactAttribute.Missing;
}
