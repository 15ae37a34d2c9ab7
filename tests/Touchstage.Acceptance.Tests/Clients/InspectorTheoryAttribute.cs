namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>A theory that needs the protocol's inspector, and the Node that it names; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InspectorTheoryAttribute : TheoryAttribute
{
    private const string Room = "Inspector";

    public InspectorTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? NodePackages.Missing(Room, "the inspector") : "The inspector needs a Node that is pinned for Linux only.";

    /// <summary>The Node that the inspector needs.</summary>
    public static string Node { get; } = Path.Combine(NodePackages.Folder(Room), "node_modules", ".bin", "node");

    /// <summary>The inspector's command line.</summary>
    public static string Script { get; } = Path.Combine(NodePackages.Folder(Room), "node_modules", "@modelcontextprotocol", "inspector", "clients", "launcher", "build", "index.js");
}
