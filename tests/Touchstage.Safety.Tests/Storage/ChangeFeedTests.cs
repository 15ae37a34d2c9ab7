using System.Diagnostics;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.TestKit;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class ChangeFeedTests
{
    [Fact]
    public async Task FollowAsync_FromANumber_TellsEverythingAfterItInOrder()
    {
        await using var store = await WithAcmeAsync();
        var from = await store.Changes.NewestAsync(default);
        var approval = await store.ApprovedAsync();
        var intent = store.Intent(claim: Claim(approval));
        await store.Journal.AdmitAsync(Acme, intent, default);

        var seen = await TakeAsync(store.Changes, from, 5);

        seen.Select(change => (change.Tenant, change.Kind, change.Id)).ShouldBe(
        [
            ("acme", "approval", approval.Id), ("acme", "session", approval.Votes[0].SessionId), ("acme", "approval", approval.Id),
            ("acme", "approval", approval.Id), ("acme", "step", intent.StepId),
        ]);
        seen.Select(change => change.Number).ShouldBe(Enumerable.Range(1, 5).Select(n => from + n));
    }

    [Fact]
    public async Task FollowAsync_ACommitOfThisProcess_WakesWithoutAPoll()
    {
        await using var store = await WithAcmeAsync();
        var following = TakeAsync(store.Changes, await store.Changes.NewestAsync(default), 1);
        var approval = await store.HeldAsync(); // the clock stands still, so only the signal can end the wait

        (await following.WaitAsync(TimeSpan.FromSeconds(30)))[0].Id.ShouldBe(approval.Id);
    }

    [Fact]
    public async Task FollowAsync_ACommitOfAnotherProcess_IsSeenByPolling()
    {
        await using var store = await WithAcmeAsync();
        var elsewhere = store.Open();
        var following = TakeAsync(store.Changes, await store.Changes.NewestAsync(default), 1);
        var command = store.Hold();
        await elsewhere.Get<IApprovalStore>().HoldAsync(Acme, command, default);

        (await SeenAsync(store, following))[0].Id.ShouldBe(command.Approval.Id);
    }

    [Fact]
    public async Task FollowAsync_ManyWritersInManyProcesses_NoChangeIsMissedOrToldTwice()
    {
        await using var store = await WithAcmeAsync();
        var from = await store.Changes.NewestAsync(default);
        var following = TakeAsync(store.Changes, from, 60);
        var processes = new[] { store.Rooms, store.Open(), store.Open() };
        var held = Enumerable.Range(0, 60).Select(n => (Rooms: processes[n % 3], Command: store.Hold(Who($"agent{n}")))).ToList();
        await Task.WhenAll(held.Select(item => Task.Run(() => item.Rooms.Get<IApprovalStore>().HoldAsync(Acme, item.Command, default))));
        var seen = await SeenAsync(store, following);

        seen.Select(change => change.Number).ShouldBe(Enumerable.Range(1, 60).Select(n => from + n));
        seen.Select(change => change.Id).ShouldBe(held.Select(item => item.Command.Approval.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task FollowAsync_CallerEnds_Ends()
    {
        await using var store = await WithAcmeAsync();
        using var ended = new CancellationTokenSource();
        var following = TakeAsync(store.Changes, await store.Changes.NewestAsync(default), 1, ended.Token);
        await ended.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
    }

    // Time passes until the follower has seen enough.
    private static async Task<List<Change>> SeenAsync(StoreFixture store, Task<List<Change>> following)
    {
        for (var begun = Stopwatch.GetTimestamp(); !following.IsCompleted && Stopwatch.GetElapsedTime(begun) < Patience.ForAnEvent;)
        {
            store.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.WhenAny(following, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        following.IsCompleted.ShouldBeTrue("a change was not seen");
        return await following;
    }

    private static Task<List<Change>> TakeAsync(IChangeFeed feed, long from, int count, CancellationToken cancellation = default) => Task.Run(
        async () =>
        {
            var seen = new List<Change>();
            await foreach (var change in feed.FollowAsync(from, cancellation))
            {
                seen.Add(change);
                if (seen.Count == count)
                {
                    break;
                }
            }

            return seen;
        },
        CancellationToken.None);
}
