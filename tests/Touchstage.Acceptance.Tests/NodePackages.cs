using System.ComponentModel;
using System.Diagnostics;

namespace Touchstage.Acceptance.Tests;

/// <summary>Node with packages that a folder of these tests names.</summary>
internal static class NodePackages
{
    private static readonly Lazy<bool> IsThere = new(() =>
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
    });

    /// <summary>Where a folder of these tests lies in the checkout.</summary>
    public static string Folder(string name) => Path.Combine(Executable.Root, "tests", "Touchstage.Acceptance.Tests", name);

    /// <summary>What is missing and what adds it, or null.</summary>
    /// <param name="name">The folder.</param>
    /// <param name="what">What its packages are.</param>
    public static string? Missing(string name, string what) =>
        !File.Exists(Path.Combine(Folder(name), "node_modules", ".package-lock.json")) ? $"Not installed: {what}. Add it with: npm ci --prefix tests/Touchstage.Acceptance.Tests/{name}"
        : IsThere.Value ? null
        : "Node is not installed. Add it with: apt-get install -y nodejs";
}
