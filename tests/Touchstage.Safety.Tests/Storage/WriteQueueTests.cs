using Touchstage.Safety.Storage;

namespace Touchstage.Safety.Tests.Storage;

public sealed class WriteQueueTests
{
    [Fact]
    public async Task RunAsync_Full_SaysBusyAndLosesNothingQueued()
    {
        await using var queue = new WriteQueue(capacity: 1);
        var (running, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = queue.RunAsync(
            async () =>
            {
                running.SetResult();
                await release.Task;
                return 1;
            },
            default);
        await running.Task;
        var second = queue.RunAsync(() => Task.FromResult(2), default);

        Should.Throw<StoreException>(() => { _ = queue.RunAsync(() => Task.FromResult(3), default); }).Code.ShouldBe(StoreException.Busy);
        release.SetResult();
        (await Task.WhenAll(first, second)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task RunAsync_ACommandThrows_ItsNeighboursDoNotNotice()
    {
        await using var queue = new WriteQueue();
        var before = queue.RunAsync(() => Task.FromResult(1), default);
        var broken = queue.RunAsync<int>(() => throw new InvalidOperationException("mine"), default);
        var after = queue.RunAsync(() => Task.FromResult(2), default);

        (await Should.ThrowAsync<InvalidOperationException>(() => broken)).Message.ShouldBe("mine");
        (await Task.WhenAll(before, after)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task RunAsync_CancelledBeforeItsTurn_DoesNotRun_CancelledWhileItRuns_Does()
    {
        await using var queue = new WriteQueue();
        using var cancelled = new CancellationTokenSource();
        var (running, release, ran) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        var first = queue.RunAsync(
            async () =>
            {
                running.SetResult();
                await release.Task;
                return 1;
            },
            cancelled.Token);
        var second = queue.RunAsync(() => Task.FromResult(ran = true), cancelled.Token);
        await running.Task;
        await cancelled.CancelAsync();
        release.SetResult();

        (await first).ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task DisposeAsync_QueuedCommandsFinishAndLaterOnesAreRefused()
    {
        var queue = new WriteQueue();
        var queued = queue.RunAsync(() => Task.FromResult(1), default);
        await queue.DisposeAsync();

        (await queued).ShouldBe(1);
        Should.Throw<StoreException>(() => { _ = queue.RunAsync(() => Task.FromResult(2), default); }).Code.ShouldBe(StoreException.Closed);
    }

    [Fact]
    public async Task Dispose_WithoutWaiting_StillFinishesWhatIsQueued()
    {
        var queue = new WriteQueue();
        var queued = queue.RunAsync(() => Task.FromResult(1), default);
        queue.Dispose();

        queued.IsCompleted.ShouldBeTrue();
        (await queued).ShouldBe(1);
    }
}
