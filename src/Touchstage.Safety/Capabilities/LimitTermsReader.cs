using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads what every limit says: <c>count: 5, per: 1h</c>, <c>sum: …, max: 500, per: 1d</c> or <c>concurrent: 1</c>; <c>hard</c> and <c>then: refuse</c> beside it.</summary>
internal static class LimitTermsReader
{
    private static readonly (string Key, LimitMeasure Measure)[] Measures = [("count", LimitMeasure.Count), ("sum", LimitMeasure.Sum), ("concurrent", LimitMeasure.Concurrent)];
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The terms, or null after a report.</summary>
    public static LimitTerms? Read(ManifestSection limit)
    {
        var given = Measures.Where(m => limit.Has(m.Key)).ToArray();
        var (isHard, refuses) = (limit.Flag("hard"), limit.Has("then"));
        limit.Word("then", "refuse", "refuse");
        if (given is not [var (key, measure)])
        {
            limit.Document.Report(
                limit.Pointer, "A limit has exactly one of `count`, `sum` and `concurrent`.",
                "write `count: 5` for how often, `sum: args.amount` with `max: 500` for how much, or `concurrent: 1` for how many at one time.");
            limit.Has("max");
            limit.Has("per");
            return null;
        }

        var max = measure is LimitMeasure.Sum ? limit.Require("max") ? Most(limit, "max", isWhole: false) : null : Most(limit, key, isWhole: true);
        return Window(limit, measure) is { } window && max is { } most ? new(measure, most, window, isHard, refuses) : null;
    }

    private static TimeSpan? Window(ManifestSection limit, LimitMeasure measure)
    {
        if (measure is not LimitMeasure.Concurrent)
        {
            limit.Require("per");
            return limit.Duration("per", TimeSpan.FromHours(1), Shortest, Longest);
        }

        if (!limit.Has("per"))
        {
            return TimeSpan.Zero;
        }

        limit.ReportKey("per", "`concurrent` has no window: it counts what is under way.", "remove `per`, or write `count` for how often.");
        return null;
    }

    private static decimal? Most(ManifestSection limit, string name, bool isWhole)
    {
        if (limit.Number(name) is { } number && number > 0 && (!isWhole || number == decimal.Truncate(number)))
        {
            return number;
        }

        limit.Report(name, $"`{name}` must be a {(isWhole ? "whole " : "")}number greater than 0.", $"write `{name}: {(isWhole ? "5" : "500")}`.");
        return null;
    }
}
