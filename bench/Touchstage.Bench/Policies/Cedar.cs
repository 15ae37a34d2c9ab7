using System.Diagnostics;
using System.Globalization;
using Touchstage.TestKit;

namespace Touchstage.Bench.Policies;

/// <summary>Cedar's WebAssembly build in a Node process that takes its own time, so that what passes between the processes does not count.</summary>
internal sealed class Cedar : IDisposable
{
    private readonly Process node;

    private Cedar(Process node, string version) => (this.node, Version) = (node, version);

    /// <summary>The version that answered.</summary>
    public string Version { get; }

    public static async Task<Cedar> StartAsync(IReadOnlyList<Refund> requests)
    {
        var folder = Path.Combine(Repository.Root, "bench", "Touchstage.Bench", "cedar");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException("Cedar is not there. Write: npm ci --prefix bench/Touchstage.Bench/cedar");
        }

        var start = new ProcessStartInfo("node", [Path.Combine(folder, "decide.mjs")]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var started = Process.Start(start) ?? throw new InvalidOperationException("Node does not start.");
        return new(started, await AskAsync(started, $"[{string.Join(',', requests.Select(request => request.Context))}]"));
    }

    /// <summary>What every request comes to.</summary>
    public async Task<IReadOnlyList<bool>> DecideAllAsync() => [.. (await AskAsync(node, "check")).Select(digit => digit == '1')];

    /// <summary>How long so many decisions take.</summary>
    /// <param name="mode"><c>prepared</c>: policies and schema were read once. <c>parsing</c>: they are read for each decision.</param>
    /// <param name="count">How many.</param>
    public async Task<TimeSpan> MeasureAsync(string mode, int count) =>
        TimeSpan.FromMicroseconds(long.Parse(await AskAsync(node, string.Create(CultureInfo.InvariantCulture, $"{mode} {count}")), CultureInfo.InvariantCulture) / 1000.0);

    public void Dispose()
    {
        node.StandardInput.Close();
        node.WaitForExit();
        node.Dispose();
    }

    private static async Task<string> AskAsync(Process process, string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Node ended; what it said is above.");
    }
}
