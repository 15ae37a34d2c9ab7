namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>A test that needs Node and npm oidc-provider; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProviderFactAttribute : FactAttribute
{
    private const string Room = "AuthorizationServers";

    /// <summary>What is missing, or null.</summary>
    internal static readonly string? Missing = NodePackages.Missing(Room, "the authorization server");

    public ProviderFactAttribute() => Skip = Missing;

    /// <summary>Where the script lies.</summary>
    public static string Folder => NodePackages.Folder(Room);
}
