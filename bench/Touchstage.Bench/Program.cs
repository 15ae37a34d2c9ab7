using System.Globalization;

namespace Touchstage.Bench;

/// <summary>Measures what an approver waits for, with few and with many approvals pending, and writes the ratios.</summary>
internal static class Program
{
    private const int Few = 100;

    private static async Task<int> Main(string[] args)
    {
        if (args.Length > 2 || (args.Length > 1 && !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            await Console.Error.WriteLineAsync("usage: Touchstage.Bench [REPORT.md [PENDING]]");
            return 2;
        }

        var many = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        await using var small = await FilledStore.CreateAsync(Few + Rounds.Decided);
        await using var large = await FilledStore.CreateAsync(many + Rounds.Decided);
        var report = Report.Of(Few, many, await Rounds.MeasureAsync(small, large));
        await Console.Out.WriteAsync(report);
        if (args.Length > 0)
        {
            await File.WriteAllTextAsync(args[0], report);
        }

        return 0;
    }
}
