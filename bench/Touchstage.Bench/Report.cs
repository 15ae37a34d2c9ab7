using System.Globalization;
using System.Text;

namespace Touchstage.Bench;

/// <summary>The measurement as a page of Markdown. The ratios are what it is about; the milliseconds are this machine's.</summary>
internal static class Report
{
    private const double Bound = 2;

    public static string Of(int few, int many, IReadOnlyList<Sample> samples)
    {
        var text = new StringBuilder();
        text.AppendLine("# Approvals: few and many pending").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"`list` is the first page of 50 of an approver's queue, `open` one case, `decide` a yes that is enough, ledger entry and signed statement included. SQLite, {few:N0} and {many:N0} pending");
        text.AppendLine(CultureInfo.InvariantCulture, $"approvals in one tenant, {samples[0].Few.Count} turns each, the two stores in turn within one run. The bound is {Bound}: many pending cost at most twice as much as few.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| | {few:N0} pending: median (p95) ms | {many:N0} pending: median (p95) ms | ratio of medians | within {Bound} |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var sample in samples)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {sample.Name} | {Cell(sample.Few)} | {Cell(sample.Many)} | {sample.Ratio:F2} | {(sample.Ratio <= Bound ? "yes" : "no")} |");
        }

        text.AppendLine().AppendLine("Measured with `dotnet run -c Release --project bench/Touchstage.Bench -- bench/reports/approvals.md`.");
        return text.ToString();
    }

    private static string Cell(IReadOnlyList<TimeSpan> turns) => string.Create(CultureInfo.InvariantCulture, $"{Sample.Quantile(turns, 0.5):F2} ({Sample.Quantile(turns, 0.95):F2})");
}
