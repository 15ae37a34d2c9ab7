using System.ComponentModel;
using System.Diagnostics;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>A test that needs Node and npm oidc-provider; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProviderFactAttribute : FactAttribute
{
    /// <summary>What is missing, or null.</summary>
    internal static readonly string? Missing = FindMissing();

    public ProviderFactAttribute() => Skip = Missing;

    /// <summary>Where the script lies.</summary>
    public static string Folder => Path.Combine(Executable.Root, "tests", "Touchstage.Acceptance.Tests", "AuthorizationServers");

    private static string? FindMissing()
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return "The authorization server is not installed. Add it with: npm ci --prefix tests/Touchstage.Acceptance.Tests/AuthorizationServers";
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
