using System.Runtime.InteropServices;

namespace Touchstage.Mcp.Demo;

/// <summary>Where the demo's parts lie: beside the executable, put there by the build.</summary>
internal static class DemoLayout
{
    private static readonly string Parts = Path.Combine(AppContext.BaseDirectory, "demo");

    /// <summary>The sample capability manifests.</summary>
    public static string Capabilities => Demand(Path.Combine(Parts, "capabilities"));

    /// <summary>The manifest of a demo tenant.</summary>
    public static string Tenant(string name) => Demand(Path.Combine(Parts, "tenants", $"{name}.yaml"));

    /// <summary>How to start the sample product.</summary>
    public static (string File, string[] Arguments) Storefront => (Muxer, [Demand(Path.Combine(Parts, "storefront", "Storefront.Api.dll"))]);

    /// <summary>How to start this very executable again.</summary>
    public static (string File, string[] Arguments) Touchstage =>
        Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "touchstage"
            ? (self, [])
            : (Muxer, [Demand(Path.Combine(AppContext.BaseDirectory, "touchstage.dll"))]);

    // The dotnet command that belongs to the runtime in use: three levels above shared/Microsoft.NETCore.App/VERSION/.
    private static string Muxer
    {
        get
        {
            var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
            var muxer = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            return File.Exists(muxer) ? muxer : "dotnet";
        }
    }

    private static string Demand(string path) => Path.Exists(path)
        ? path
        : throw new DemoException($"The demo's part {Path.GetRelativePath(AppContext.BaseDirectory, path)} is not beside the executable. An executable that is one file has no demo; else build the project again: dotnet build src/Touchstage.Mcp.");
}
