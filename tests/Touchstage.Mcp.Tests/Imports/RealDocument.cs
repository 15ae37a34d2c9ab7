using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Imports;

/// <summary>OpenAPI documents of real APIs, from npm packages.</summary>
internal static class RealDocument
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Touchstage.Mcp.Tests", "node");

    /// <summary>What is missing and what adds it, or null.</summary>
    public static string? Missing { get; } = File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))
        ? null
        : "The OpenAPI documents are not installed. Add them with: npm ci --prefix tests/Touchstage.Mcp.Tests/node";

    /// <summary>Where a file of a package lies.</summary>
    public static string At(string name) => Path.Combine(Folder, "node_modules", name);
}
