using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Storage;

/// <summary>Follows the changes by number.</summary>
internal sealed class ChangeFeed(Store store, ChangeSignal signal, TimeProvider time) : IChangeFeed
{
    private const int PageSize = 256;

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    public async Task<long> NewestAsync(CancellationToken cancellation) =>
        await store.ReadAsync(rows => rows.Changes.MaxAsync(row => (long?)row.Number, cancellation), cancellation) ?? 0;

    public async IAsyncEnumerable<Change> FollowAsync(long afterNumber, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Invariant: a number is given under the engine's one write lock, which its transaction keeps until it commits. So numbers become visible in their
        // order: once a number is seen, no smaller one can still come, and the last one seen is all a follower must remember.
        var last = afterNumber;
        await using var watch = await store.WatchAsync(cancellation);
        while (true)
        {
            // Both are taken before looking, so that a commit in between is not slept through.
            var next = signal.Next;
            var version = await watch.VersionAsync(cancellation);
            var page = await store.ReadAsync(
                rows => rows.Changes.Where(row => row.Number > last).OrderBy(row => row.Number).Take(PageSize).ToListAsync(cancellation), cancellation);
            foreach (var row in page)
            {
                yield return new Change(row.Number, row.Tenant, row.Kind, row.Id);
                last = row.Number;
            }

            if (page.Count == 0)
            {
                await WaitAsync(next, watch, version, cancellation);
            }
        }
    }

    private async Task WaitAsync(Task next, StoreWatch watch, long version, CancellationToken cancellation)
    {
        do
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(next, Task.Delay(PollEvery, time, ended.Token));
            await ended.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }
        while (!next.IsCompleted && await watch.VersionAsync(cancellation) == version);
    }
}
