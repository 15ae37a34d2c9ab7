using System.Diagnostics;
using System.Text.Json;
using Touchstage.TestKit;

namespace Touchstage.Bench.Starts;

/// <summary>A server on standard input and output that is started, asked once and ended.</summary>
/// <param name="executable">Its file.</param>
/// <param name="arguments">Its command line.</param>
/// <param name="session">The session key in its environment.</param>
internal sealed class ServerStart(string executable, string[] arguments, string session)
{
    private static readonly string[] Requests =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
    ];

    /// <summary>Publishes a project of the checkout into a folder.</summary>
    /// <returns>The executable.</returns>
    public static async Task<string> PublishAsync(string project, string name, string folder, string[] options)
    {
        using var publish = Process.Start("dotnet", ["publish", Path.Combine(Repository.Root, project), "-c", "Release", "-o", Path.Combine(folder, name), "-v", "quiet", "--nologo", .. options]);
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(folder, name, name) : throw new InvalidOperationException($"{project} could not be published.");
    }

    /// <summary>How long it takes from its start until it has listed its tools.</summary>
    public async Task<TimeSpan> MeasureAsync()
    {
        var start = new ProcessStartInfo(executable, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TOUCHSTAGE_SESSION"] = session;
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("It was not started.");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        foreach (var request in Requests)
        {
            await process.StandardInput.WriteLineAsync(request);
        }

        await process.StandardInput.FlushAsync();
        var took = await ListedAsync(process.StandardOutput) ? TimeProvider.System.GetElapsedTime(begun) : throw new InvalidOperationException($"{executable} listed no tools.");
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience.ForAProcess);
        return took;
    }

    private static async Task<bool> ListedAsync(StreamReader answers)
    {
        while (await answers.ReadLineAsync().WaitAsync(Patience.ForAProcess) is { } line)
        {
            var answer = JsonElement.Parse(line);
            if (answer.TryGetProperty("id", out var id) && id.GetInt32() == 2)
            {
                return answer.GetProperty("result").GetProperty("tools").GetArrayLength() > 0;
            }
        }

        return false;
    }
}
