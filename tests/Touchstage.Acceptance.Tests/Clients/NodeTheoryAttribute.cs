namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>A theory that needs Node and the client packages; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    private const string Room = "node";

    private static readonly string? Missing = NodePackages.Missing(Room, "the TypeScript clients");

    public NodeTheoryAttribute() => Skip = Missing;

    /// <summary>Where the scripts lie.</summary>
    public static string Folder => NodePackages.Folder(Room);
}
