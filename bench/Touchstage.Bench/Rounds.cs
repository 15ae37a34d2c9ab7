using Touchstage.Safety.Approvals;

namespace Touchstage.Bench;

/// <summary>Takes turns between two stores, so that whatever else the machine does falls on both alike.</summary>
internal static class Rounds
{
    /// <summary>How many approvals the measurement uses up in each store.</summary>
    public const int Decided = Warm + Measured;

    private const int Warm = 20;
    private const int Measured = 200;
    private const int Page = 50;

    /// <summary>Measures all three in turn. The same approvals are listed, opened and decided, those that expire first.</summary>
    public static async Task<IReadOnlyList<Sample>> MeasureAsync(FilledStore small, FilledStore large)
    {
        var (fewIds, manyIds) = (await NextAsync(small), await NextAsync(large));
        return
        [
            await SideBySideAsync("list", small, large, (store, _) => ListAsync(store), fewIds, manyIds),
            await SideBySideAsync("open", small, large, OpenAsync, fewIds, manyIds),
            await SideBySideAsync("decide", small, large, DecideAsync, fewIds, manyIds),
        ];
    }

    private static async Task<Sample> SideBySideAsync(
        string name, FilledStore small, FilledStore large, Func<FilledStore, string, Task<TimeSpan>> measure, IReadOnlyList<string> fewIds, IReadOnlyList<string> manyIds)
    {
        var (few, many) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Decided; round++)
        {
            var (one, other) = (await measure(small, fewIds[round]), await measure(large, manyIds[round]));
            if (round >= Warm)
            {
                few.Add(one);
                many.Add(other);
            }
        }

        return new(name, few, many);
    }

    private static async Task<TimeSpan> ListAsync(FilledStore store)
    {
        var start = TimeProvider.System.GetTimestamp();
        var queue = await store.Approvals.QueueAsync(store.Approver, new(null, null, false, null, Page), default);
        var took = TimeProvider.System.GetElapsedTime(start);
        return queue.Items.Length == Page ? took : throw new InvalidOperationException("The page is not full.");
    }

    private static async Task<TimeSpan> OpenAsync(FilledStore store, string id)
    {
        var start = TimeProvider.System.GetTimestamp();
        var found = await store.Approvals.FindAsync(store.Approver, id, default);
        var took = TimeProvider.System.GetElapsedTime(start);
        return found.TryGet(out var view, out var refusal) && view.Case is not null ? took : throw new InvalidOperationException(refusal?.ToString());
    }

    private static async Task<TimeSpan> DecideAsync(FilledStore store, string id)
    {
        var shown = (await store.Approvals.FindAsync(store.Approver, id, default)).TryGet(out var view, out var unknown)
            ? view.RevisionDigest
            : throw new InvalidOperationException(unknown.ToString());
        var start = TimeProvider.System.GetTimestamp();
        var decided = await store.Approvals.DecideAsync(store.Approver, new(id, VoteDecision.Approve, "", DecisionChannel.Cli, shown, null), default);
        var took = TimeProvider.System.GetElapsedTime(start);
        return decided.TryGet(out var receipt, out var refusal) && receipt.Approval.State is ApprovalState.Approved ? took : throw new InvalidOperationException(refusal?.ToString());
    }

    private static async Task<IReadOnlyList<string>> NextAsync(FilledStore store)
    {
        var (ids, after) = (new List<string>(), default(string));
        do
        {
            var page = await store.Approvals.QueueAsync(store.Approver, new(null, null, false, after, Page), default);
            ids.AddRange(page.Items.Select(item => item.Id));
            after = page.Next;
        }
        while (ids.Count < Decided && after is not null);

        return ids;
    }
}
