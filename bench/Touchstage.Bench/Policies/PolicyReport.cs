using System.Globalization;
using System.Text;

namespace Touchstage.Bench.Policies;

/// <summary>The comparison as a page of Markdown. The ratios are what it is about; the numbers a second are this machine's.</summary>
internal static class PolicyReport
{
    public static string Of(int allowed, int rounds, string version, Series plain, Series ours, IReadOnlyList<Series> cedar)
    {
        var text = new StringBuilder();
        text.AppendLine("# Policies: decisions a second").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"One policy of 5 rules over {Comparison.Requests:N0} different requests, {allowed:N0} of them allowed; all ways decide every one of them alike, or there is no report.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Each starts from arguments that are already parsed and valid. {rounds} rounds, all ways in turn within one run; Cedar is its WebAssembly build {version} in Node and keeps its own");
        text.AppendLine("time, so no message between processes counts. The guardrails' answer tells, of every rule, what it came to and what it read; the others' tells yes or no (Cedar's also which policies decided).").AppendLine();
        text.AppendLine("| | decisions a second: median (95 % of rounds at least) | time of the `if` | time of the guardrails |");
        text.AppendLine("|---|---|---|---|");
        foreach (var series in (Series[])[plain, ours, .. cedar])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {series.Name} | {series.PerSecond:N0} ({series.PerSecondAtLeast:N0}) | ×{plain.PerSecond / series.PerSecond:N1} | ×{ours.PerSecond / series.PerSecond:N3} |");
        }

        text.AppendLine().AppendLine("Measured with `npm ci --prefix bench/Touchstage.Bench/cedar` and `dotnet run -c Release --project bench/Touchstage.Bench -- policies bench/reports/policies.md`.");
        return text.ToString();
    }
}
