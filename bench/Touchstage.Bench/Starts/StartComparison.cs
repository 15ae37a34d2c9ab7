using System.Globalization;
using System.Text;
using Touchstage.TestKit;

namespace Touchstage.Bench.Starts;

/// <summary>From the start of the process to the answer to the first <c>tools/list</c> on standard input and output, beside a server of the protocol library alone.</summary>
internal static class StartComparison
{
    private const int Warm = 2;
    private const int Measured = 25;

    // How both are published.
    private static readonly (string Name, string[] Options)[] Forms =
    [
        ("as the .NET tool runs: on the installed runtime, compiled as it goes", []),
        ("as one file: with its runtime, compiled ahead of time", ["-p:SingleFile=true"]),
    ];

    /// <summary>Publishes both, measures them in turn, and tells the ratio.</summary>
    public static async Task<string> ReportAsync()
    {
        await using var host = await TouchstageHost.StartAsync("https://api.example.com");
        host.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        string[] serve = ["serve", "--stdio", "--data", Path.Combine(host.Folder, "data"), "--capabilities", Repository.Capabilities];
        var key = await host.AgentAsync();
        var rows = new StringBuilder();
        for (var form = 0; form < Forms.Length; form++)
        {
            var folder = Path.Combine(host.Folder, string.Create(CultureInfo.InvariantCulture, $"form{form}"));
            var ours = new ServerStart(await ServerStart.PublishAsync("src/Touchstage.Mcp", "touchstage", folder, Forms[form].Options), serve, key);
            var bare = new ServerStart(await ServerStart.PublishAsync("bench/Touchstage.BareServer", "Touchstage.BareServer", folder, Forms[form].Options), [], key);
            rows.AppendLine(await RowAsync(Forms[form].Name, ours, bare));
        }

        return $"""
            # Starts: from the process to the first list of tools

            `touchstage serve --stdio`, with the store opened, the session looked up and the sample manifests loaded, beside a server that is nothing but the protocol library with one tool, published in
            the same way. {Measured} starts each, in turn within one run. The aim is 1.5.

            | | ours: median (p95) ms | the library alone: median (p95) ms | ratio of medians |
            |---|---|---|---|
            {rows}
            Measured with `dotnet run -c Release --project bench/Touchstage.Bench -- starts bench/reports/starts.md`.

            """;
    }

    private static async Task<string> RowAsync(string name, ServerStart ours, ServerStart bare)
    {
        var (our, their) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Warm + Measured; round++)
        {
            var (one, other) = (await ours.MeasureAsync(), await bare.MeasureAsync());
            if (round >= Warm)
            {
                our.Add(one);
                their.Add(other);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {Cell(our)} | {Cell(their)} | {Sample.Quantile(our, 0.5) / Sample.Quantile(their, 0.5):F2} |");
    }

    private static string Cell(IReadOnlyList<TimeSpan> starts) =>
        string.Create(CultureInfo.InvariantCulture, $"{Sample.Quantile(starts, 0.5):F0} ({Sample.Quantile(starts, 0.95):F0})");
}
