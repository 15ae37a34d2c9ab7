using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstage.TestKit;

namespace Touchstage.Bench.Starts;

/// <summary>From the start of the process to the answer to the first <c>tools/list</c> on standard input and output, beside a server of the protocol library alone.</summary>
internal static class StartComparison
{
    private const int Warm = 2;
    private const int Measured = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Requests =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
    ];

    /// <summary>Measures both in turn and tells the ratio.</summary>
    public static async Task<string> ReportAsync()
    {
        await using var host = await TouchstageHost.StartAsync("https://api.example.com");
        host.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TOUCHSTAGE_SESSION"] = await host.AgentAsync() };
        string[] ours = [Built("src", "Touchstage.Mcp", "touchstage.dll"), "serve", "--stdio", "--data", Path.Combine(host.Folder, "data"), "--capabilities", Repository.Capabilities];
        string[] bare = [Built("bench", "Touchstage.BareServer", "Touchstage.BareServer.dll")];

        var (our, their) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Warm + Measured; round++)
        {
            var (one, other) = (await StartAsync(ours, environment), await StartAsync(bare, environment));
            if (round >= Warm)
            {
                our.Add(one);
                their.Add(other);
            }
        }

        return Told(our, their);
    }

    private static string Told(List<TimeSpan> our, List<TimeSpan> their)
    {
        var text = new StringBuilder();
        text.AppendLine("# Starts: from the process to the first list of tools").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"`touchstage serve --stdio`, with the store opened, the key looked up and the sample manifests loaded, beside a server that is nothing but the protocol library with one tool. Both are built alike,");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Measured} starts each, in turn within one run. The aim is 1.5.").AppendLine();
        text.AppendLine("| | ours: median (p95) ms | the library alone: median (p95) ms | ratio of medians |");
        text.AppendLine("|---|---|---|---|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| start | {Cell(our)} | {Cell(their)} | {Sample.Quantile(our, 0.5) / Sample.Quantile(their, 0.5):F2} |").AppendLine();
        text.AppendLine("Measured with `dotnet build -c Release` and `dotnet run -c Release --project bench/Touchstage.Bench -- starts bench/reports/starts.md`.");
        return text.ToString();
    }

    private static string Cell(IReadOnlyList<TimeSpan> turns) => string.Create(CultureInfo.InvariantCulture, $"{Sample.Quantile(turns, 0.5):F0} ({Sample.Quantile(turns, 0.95):F0})");

    private static string Built(string room, string project, string assembly) => Path.Combine(Repository.Root, room, project, "bin", "Release", "net10.0", assembly);

    private static async Task<TimeSpan> StartAsync(string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("It was not started.");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        foreach (var request in Requests)
        {
            await process.StandardInput.WriteLineAsync(request);
        }

        await process.StandardInput.FlushAsync();
        TimeSpan? took = null;
        while (took is null && await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            var answer = JsonElement.Parse(line);
            if (answer.TryGetProperty("id", out var id) && id.GetInt32() == 2)
            {
                took = answer.GetProperty("result").GetProperty("tools").GetArrayLength() > 0 ? TimeProvider.System.GetElapsedTime(begun) : null;
            }
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return took ?? throw new InvalidOperationException($"{string.Join(' ', arguments)} listed no tools.");
    }
}
