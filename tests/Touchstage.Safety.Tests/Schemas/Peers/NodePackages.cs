using System.ComponentModel;
using System.Diagnostics;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>Node with the packages that these tests name.</summary>
internal static class NodePackages
{
    /// <summary>Where the scripts lie.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Touchstage.Safety.Tests", "node");

    /// <summary>What is missing and what adds it, or null.</summary>
    public static string? Missing { get; } =
        !File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")) ? "Ajv is not installed. Add it with: npm ci --prefix tests/Touchstage.Safety.Tests/node"
        : !HasNode() ? "Node is not installed. Add it with: apt-get install -y nodejs"
        : null;

    /// <summary>Runs a script of the folder; it ends when its input does.</summary>
    public static Process Start(string script) => Process.Start(new ProcessStartInfo("node", Path.Combine(Folder, script))
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static bool HasNode()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true });
            node!.WaitForExit();
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
