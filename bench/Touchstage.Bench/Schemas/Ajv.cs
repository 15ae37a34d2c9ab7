using System.Diagnostics;
using System.Globalization;
using Touchstage.TestKit;

namespace Touchstage.Bench.Schemas;

/// <summary>Ajv's build for draft 2020-12 in a Node process that takes its own time, so that what passes between the processes does not count.</summary>
internal sealed class Ajv : IDisposable
{
    private readonly Process node;

    private Ajv(Process node) => this.node = node;

    public static async Task<Ajv> StartAsync(string cases)
    {
        var folder = Path.Combine(Repository.Root, "bench", "Touchstage.Bench", "ajv");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException("Ajv is not there. Write: npm ci --prefix bench/Touchstage.Bench/ajv");
        }

        var start = new ProcessStartInfo("node", [Path.Combine(folder, "validate.mjs")]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var ajv = new Ajv(Process.Start(start) ?? throw new InvalidOperationException("Node does not start."));
        await ajv.AskAsync(cases);
        return ajv;
    }

    /// <summary>What every instance comes to.</summary>
    public async Task<IReadOnlyList<bool>> JudgeAllAsync() => [.. (await AskAsync("check")).Select(digit => digit == '1')];

    /// <summary>How long so many validations take, of instances that all fit or all do not, from parsed values or from text.</summary>
    public async Task<TimeSpan> MeasureAsync(bool fits, bool fromText, int count) => TimeSpan.FromMicroseconds(
        long.Parse(await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{(fits ? "fits" : "misfits")} {(fromText ? "text" : "value")} {count}")), CultureInfo.InvariantCulture) / 1000.0);

    public void Dispose()
    {
        node.StandardInput.Close();
        node.WaitForExit();
        node.Dispose();
    }

    private async Task<string> AskAsync(string line)
    {
        await node.StandardInput.WriteLineAsync(line);
        await node.StandardInput.FlushAsync();
        return await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Node ended; what it said is above.");
    }
}
