using Touchstage.TestKit;

namespace Touchstage.Bench.Policies;

/// <summary>Makes the same decisions in several ways, in turn within one run, so that whatever else the machine does falls on all alike.</summary>
internal static class Comparison
{
    /// <summary>How many different requests there are.</summary>
    public const int Requests = 1_000;

    private const int Warm = 5;
    private const int Measured = 40;

    public static async Task<string> ReportAsync()
    {
        var requests = Refund.Many(Requests);
        var policy = WeighedPolicy.Load(Refund.Manifest);
        var decisions = requests.Select(request => policy.Decision(request.ArgumentsText, request.SettingsText, request.Roles)).ToArray();
        using var cedar = await Cedar.StartAsync(requests);
        await DemandTheSameAsync(requests, decisions, cedar);

        Series plain = new("a plain C# `if`", 20_000), ours = new("Touchstage's guardrails", 2_000);
        Series prepared = new("Cedar, policies read once", 500), parsing = new("Cedar, policies read for each decision", 50);
        for (var round = 0; round < Warm + Measured; round++)
        {
            plain.Add(Measure(plain.Count, at => requests[at % Requests].IsAllowed()));
            ours.Add(Measure(ours.Count, at => decisions[at % Requests]()));
            prepared.Add(await cedar.MeasureAsync("prepared", prepared.Count));
            parsing.Add(await cedar.MeasureAsync("parsing", parsing.Count));
        }

        foreach (var series in (Series[])[plain, ours, prepared, parsing])
        {
            series.Forget(Warm);
        }

        return PolicyReport.Of(requests.Count(request => request.IsAllowed()), Measured, cedar.Version, plain, ours, [prepared, parsing]);
    }

    /// <summary>Numbers of what does not decide the same would compare nothing.</summary>
    private static async Task DemandTheSameAsync(Refund[] requests, Func<bool>[] decisions, Cedar cedar)
    {
        var theirs = await cedar.DecideAllAsync();
        for (var at = 0; at < requests.Length; at++)
        {
            var expected = requests[at].IsAllowed();
            if (decisions[at]() != expected || theirs[at] != expected)
            {
                throw new InvalidOperationException($"The ways do not agree on {requests[at].Context}.");
            }
        }
    }

    private static TimeSpan Measure(int count, Func<int, bool> decide)
    {
        var allowed = 0;
        var start = TimeProvider.System.GetTimestamp();
        for (var at = 0; at < count; at++)
        {
            allowed += decide(at) ? 1 : 0;
        }

        var took = TimeProvider.System.GetElapsedTime(start);
        return allowed > 0 ? took : throw new InvalidOperationException("Nothing was allowed.");
    }
}
