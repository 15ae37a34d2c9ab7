using System.Diagnostics;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>How the executables are started, and runs of those that end by themselves.</summary>
internal static class Command
{
    // What the shell was told about some other server is not for these.
    private static readonly string[] Foreign = ["TOUCHSTAGE_DATA", "TOUCHSTAGE_SESSION", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_ENVIRONMENT"];

    /// <summary>A start with redirected streams and a clean environment.</summary>
    public static ProcessStartInfo Of(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var variable in Foreign)
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="patience">How long it may take; four minutes if null.</param>
    /// <exception cref="TimeoutException">It did not end in time; it is killed.</exception>
    public static async Task<Finished> RunAsync(ProcessStartInfo start, string input = "", TimeSpan? patience = null)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} was not started.");
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            try
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading what it was given.
            }

            using var late = new CancellationTokenSource(patience ?? Patience.ForAProcess);
            try
            {
                await process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException cancelled)
            {
                throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {patience ?? Patience.ForAProcess}.", cancelled);
            }

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
}
