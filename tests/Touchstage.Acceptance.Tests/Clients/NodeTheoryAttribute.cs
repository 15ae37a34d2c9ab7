using System.ComponentModel;
using System.Diagnostics;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>A theory that needs Node and the client packages; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    private static readonly string? Missing = FindMissing();

    public NodeTheoryAttribute() => Skip = Missing;

    /// <summary>Where the scripts lie.</summary>
    public static string Folder => Path.Combine(Executable.Root, "tests", "Touchstage.Acceptance.Tests", "node");

    private static string? FindMissing()
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return "The TypeScript clients are not installed. Add them with: npm ci --prefix tests/Touchstage.Acceptance.Tests/node";
        }

        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true });
            node!.WaitForExit();
            return null;
        }
        catch (Win32Exception)
        {
            return "Node is not installed. Add it with: apt-get install -y nodejs";
        }
    }
}
