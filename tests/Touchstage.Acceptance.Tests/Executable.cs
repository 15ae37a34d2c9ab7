using System.Diagnostics;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests;

/// <summary>The built executable, run as a process and looked at from outside.</summary>
internal static class Executable
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server and its command line.</summary>
    public static string Touchstage { get; } = Built("src", "Touchstage.Mcp", "touchstage");

    /// <summary>The sample product.</summary>
    public static string Storefront { get; } = Built("samples", "Storefront.Api", "Storefront.Api");

    /// <summary>Runs it to its end.</summary>
    public static async Task<Finished> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Touchstage) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The executable was not started.");
        try
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var patience = new CancellationTokenSource(Patience.ForAProcess);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // These tests lie in tests/NAME/bin/CONFIGURATION/FRAMEWORK; the executables were built beside them in the same way.
    private static string Built(string room, string project, string name)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root, room, project, "bin", here.Parent!.Name, here.Name, OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Touchstage.Mcp.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run from a checkout: no Touchstage.Mcp.sln above them.");
        }

        return root.FullName;
    }
}
