using System.Diagnostics;

namespace Touchstage.Acceptance.Tests;

/// <summary>The built executable, run as a process and looked at from outside.</summary>
internal static class Executable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it to its end.</summary>
    public static async Task<Finished> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path()) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The executable was not started.");
        try
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var patience = new CancellationTokenSource(Patience);
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

    // These tests lie in tests/NAME/bin/CONFIGURATION/FRAMEWORK; the executable was built beside them in the same way.
    private static string Path()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        var root = here;
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "Touchstage.Mcp.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run from a checkout: no Touchstage.Mcp.sln above them.");
        }

        var name = OperatingSystem.IsWindows() ? "touchstage.exe" : "touchstage";
        return System.IO.Path.Combine(root.FullName, "src", "Touchstage.Mcp", "bin", configuration, framework, name);
    }
}
