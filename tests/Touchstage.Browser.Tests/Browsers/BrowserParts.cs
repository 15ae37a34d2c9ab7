using System.ComponentModel;
using System.Diagnostics;
using Touchstage.Acceptance.Tests;

namespace Touchstage.Browser.Tests.Browsers;

/// <summary>What these tests need beside .NET: Debian's Chromium, and Node with the packages of the folder <c>node</c>.</summary>
internal static class BrowserParts
{
    /// <summary>Where Debian puts it; nothing is downloaded.</summary>
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>What is missing and what adds it, or null.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>Where the scripts lie.</summary>
    public static string Folder => Path.Combine(Executable.Root, "tests", "Touchstage.Browser.Tests", "node");

    private static string? FindMissing()
    {
        if (!File.Exists(Chromium))
        {
            return "Chromium is not installed. Add it with: apt-get install -y chromium";
        }

        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return "The identity provider and the accessibility rules are not installed. Add them with: npm ci --prefix tests/Touchstage.Browser.Tests/node";
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
