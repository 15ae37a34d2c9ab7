namespace Touchstage.TestKit;

/// <summary>An upstream that holds every request open until it is told to answer: meanwhile its step is in flight.</summary>
public sealed class HoldingUpstream : IAsyncDisposable
{
    private readonly TaskCompletionSource<FakeExchange> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HoldingUpstream() => Upstream = FakeUpstream.Start(async exchange =>
    {
        arrived.TrySetResult(exchange);
        await released.Task.WaitAsync(exchange.Stopped);
        await exchange.ReplyAsync(200, "application/json", "{}");
    });

    public FakeUpstream Upstream { get; }

    /// <summary>The first request, once it is there whole.</summary>
    public Task<FakeExchange> ArrivedAsync() => arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Lets every request be answered.</summary>
    public void Release() => released.TrySetResult();

    public ValueTask DisposeAsync() => Upstream.DisposeAsync();
}
