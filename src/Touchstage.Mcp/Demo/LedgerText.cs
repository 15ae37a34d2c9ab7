using System.Globalization;

namespace Touchstage.Mcp.Demo;

/// <summary>Ledger entries in a line: a step's two entries together, and like ones after each other counted.</summary>
internal static class LedgerText
{
    private const string Recorded = "step.recorded";
    private const string Settled = "step.settled";

    public static string Of(IReadOnlyList<LedgerLine> lines)
    {
        var groups = new List<(long First, long Last, string What, int Count)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (first, what) = (lines[i].Number, lines[i].Kind);
            if (what == Recorded && i + 1 < lines.Count && lines[i + 1].Kind == Settled && lines[i + 1].Subject == lines[i].Subject)
            {
                (what, i) = ("step recorded and settled", i + 1);
            }

            var count = 1;
            if (groups.Count > 0 && groups[^1].What == what)
            {
                (first, count) = (groups[^1].First, groups[^1].Count + 1);
                groups.RemoveAt(groups.Count - 1);
            }

            groups.Add((first, lines[i].Number, what, count));
        }

        return string.Join(", ", groups.Select(group => Range(group.First, group.Last) + (group.Count > 1 ? $" {group.Count} x " : " ") + group.What));
    }

    private static string Range(long first, long last) =>
        first == last ? string.Create(CultureInfo.InvariantCulture, $"#{first}") : string.Create(CultureInfo.InvariantCulture, $"#{first}-{last}");
}
