using System.Diagnostics;
using System.Text;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>Runs <see cref="CrashHost"/> in a process of its own until it is dead.</summary>
internal static class CrashProcess
{
    private const int Killed = 128 + 9;

    /// <summary>Runs it; it must have been killed.</summary>
    /// <param name="arguments">What <see cref="CrashHost"/> is told.</param>
    /// <param name="started">Gets the process.</param>
    public static async Task RunAsync(IEnumerable<string> arguments, Action<Process>? started = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(CrashHost).Assembly.Location, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var child = Process.Start(start) ?? throw new InvalidOperationException("The process was not started.");
        started?.Invoke(child);
        var said = new StringBuilder();
        child.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        child.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience.ForAProcess);
        try
        {
            await child.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill();
            }
        }

        child.ExitCode.ShouldBe(Killed, said.ToString());
    }
}
