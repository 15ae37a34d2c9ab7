using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Bench.Policies;
using Touchstage.TestKit;

namespace Touchstage.Bench.Schemas;

/// <summary>Validates the same instances in two ways, in turn within one run, so that whatever else the machine does falls on both alike.</summary>
internal static class SchemaComparison
{
    private const int Warm = 20;
    private const int Measured = 60;
    private const int Count = 20_000;

    public static async Task<string> ReportAsync()
    {
        var all = SampleValidation.All();
        using var ajv = await Ajv.StartAsync(Cases(all));
        var theirs = await ajv.JudgeAllAsync();
        var ordered = all.GroupBy(one => one.Schema, StringComparer.Ordinal).SelectMany(group => group).ToArray();
        if (ordered.Zip(theirs).FirstOrDefault(pair => pair.First.Fits != pair.Second).First is { } differs)
        {
            throw new InvalidOperationException($"The ways do not agree on {differs.Text}.");
        }

        var text = new StringBuilder();
        text.AppendLine("# Schemas: validations a second").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The {all.Select(one => one.Schema).Distinct(StringComparer.Ordinal).Count()} different input schemas of the sample capabilities, {all.Count(one => one.Fits)} arguments that fit and {all.Count(one => !one.Fits)} that do not; both judge every one of them alike, or there is no report.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Measured} rounds of {Count:N0}, both in turn within one run. Ajv (its 2020 build, each schema compiled once) runs in Node and keeps its own time, so no message between processes counts.");
        text.AppendLine("From text, ours is brought into canonical form and digested first, and held to its bounds; Ajv's is parsed by `JSON.parse`. What does not fit is explained by ours with all that helps to");
        text.AppendLine("mend it, by Ajv with the first error.").AppendLine();
        text.AppendLine("| | ours a second: median (95 % of rounds at least) | Ajv a second: median (95 % of rounds at least) | our time to Ajv's |");
        text.AppendLine("|---|---|---|---|");
        foreach (var (fits, fromText) in ((bool, bool)[])[(true, false), (true, true), (false, false), (false, true)])
        {
            var (ours, other) = await MeasureAsync([.. ordered.Where(one => one.Fits == fits)], ajv, fits, fromText);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {(fits ? "fits" : "does not fit")}, {(fromText ? "from text" : "taken in before")} | {ours.PerSecond:N0} ({ours.PerSecondAtLeast:N0}) | {other.PerSecond:N0} ({other.PerSecondAtLeast:N0}) | ×{other.PerSecond / ours.PerSecond:N2} |");
        }

        text.AppendLine().AppendLine("Measured with `npm ci --prefix bench/Touchstage.Bench/ajv` and `dotnet run -c Release --project bench/Touchstage.Bench -- schemas bench/reports/schemas.md`.");
        return text.ToString();
    }

    private static string Cases(IEnumerable<SampleValidation> all) => new JsonArray([.. all.GroupBy(one => one.Schema, StringComparer.Ordinal).Select(group => (JsonNode)new JsonObject
    {
        ["schema"] = JsonNode.Parse(group.Key),
        ["instances"] = new JsonArray([.. group.Select(one => (JsonNode)one.Text)]),
    })]).ToJsonString();

    private static async Task<(Series Ours, Series Theirs)> MeasureAsync(SampleValidation[] chosen, Ajv ajv, bool fits, bool fromText)
    {
        Series ours = new("ours", Count), theirs = new("Ajv", Count);
        for (var round = 0; round < Warm + Measured; round++)
        {
            ours.Add(Measure(chosen, fits, fromText));
            theirs.Add(await ajv.MeasureAsync(fits, fromText, Count));
        }

        ours.Forget(Warm);
        theirs.Forget(Warm);
        return (ours, theirs);
    }

    private static TimeSpan Measure(SampleValidation[] chosen, bool fits, bool fromText)
    {
        var held = 0;
        var start = TimeProvider.System.GetTimestamp();
        for (var at = 0; at < Count; at++)
        {
            var one = chosen[at % chosen.Length];
            held += (fromText ? one.JudgeText() : one.Judge()) ? 1 : 0;
        }

        var took = TimeProvider.System.GetElapsedTime(start);
        return held == (fits ? Count : 0) ? took : throw new InvalidOperationException("An instance was judged otherwise than before.");
    }
}
