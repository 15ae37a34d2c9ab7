using System.Globalization;
using Touchstage.Bench.Policies;
using Touchstage.Bench.Schemas;
using Touchstage.Bench.Starts;

namespace Touchstage.Bench;

/// <summary>
/// Measures what an approver waits for, with few and with many approvals pending; with <c>policies</c>, what a decision costs beside other ways to decide; with <c>schemas</c>, what a
/// validation costs beside another validator; with <c>starts</c>, what a start takes beside the protocol library alone; and writes the ratios.
/// </summary>
internal static class Program
{
    private const int Few = 100;

    private static async Task<int> Main(string[] args)
    {
        if (args is ["policies"] or ["policies", _])
        {
            return await WriteAsync(await Comparison.ReportAsync(), args.ElementAtOrDefault(1));
        }

        if (args is ["schemas"] or ["schemas", _])
        {
            return await WriteAsync(await SchemaComparison.ReportAsync(), args.ElementAtOrDefault(1));
        }

        if (args is ["starts"] or ["starts", _])
        {
            return await WriteAsync(await StartComparison.ReportAsync(), args.ElementAtOrDefault(1));
        }

        if (args.Length > 2 || (args.Length > 1 && !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            await Console.Error.WriteLineAsync("usage: Touchstage.Bench [REPORT.md [PENDING]] | Touchstage.Bench policies|schemas|starts [REPORT.md]");
            return 2;
        }

        var many = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        await using var small = await FilledStore.CreateAsync(Few + Rounds.Decided);
        await using var large = await FilledStore.CreateAsync(many + Rounds.Decided);
        return await WriteAsync(Report.Of(Few, many, await Rounds.MeasureAsync(small, large)), args.ElementAtOrDefault(0));
    }

    private static async Task<int> WriteAsync(string report, string? file)
    {
        await Console.Out.WriteAsync(report);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, report);
        }

        return 0;
    }
}
