using System.Threading.Channels;

namespace Touchstage.Safety.Storage;

/// <summary>
/// One line for all writes of this process, so that they wait here in order and not in the engine's lock. What a command throws is its own caller's; its
/// neighbours never see it.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable, IDisposable
{
    /// <summary>How many commands may wait; one more is told that the store is busy.</summary>
    public const int DefaultCapacity = 1024;

    private readonly Channel<Func<Task>> commands;
    private readonly Task consumer;
    private volatile bool isClosed;

    public WriteQueue(int capacity = DefaultCapacity)
    {
        commands = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        consumer = Task.Run(ConsumeAsync);
    }

    /// <summary>Runs a command in its turn. If the caller cancels before its turn comes, it does not run; once it runs, it runs to its end and the caller learns it.</summary>
    /// <exception cref="StoreException">The queue is full, or the store was closed.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> command, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (commands.Writer.TryWrite(() => AnswerAsync(command, answer, cancellation)))
        {
            return answer.Task;
        }

        throw isClosed
            ? new StoreException(StoreException.Closed, "The store has been closed.")
            : new StoreException(StoreException.Busy, "Too many commands wait to be written. Try again in a moment.");
    }

    /// <summary>Runs a command in its turn, however many wait before it: for what must be written because it has happened.</summary>
    /// <exception cref="StoreException">The store was closed.</exception>
    public async Task<T> RunSurelyAsync<T>(Func<Task<T>> command)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await commands.Writer.WriteAsync(() => AnswerAsync(command, answer, CancellationToken.None));
        }
        catch (ChannelClosedException)
        {
            throw new StoreException(StoreException.Closed, "The store has been closed.");
        }

        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        isClosed = true;
        commands.Writer.TryComplete();
        await consumer;
    }

    // For hosts and tools that dispose without waiting: what is queued is still written before this returns.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static async Task AnswerAsync<T>(Func<Task<T>> command, TaskCompletionSource<T> answer, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            answer.SetCanceled(cancellation);
            return;
        }

        try
        {
            answer.SetResult(await command());
        }
        catch (Exception exception)
        {
            answer.SetException(exception);
        }
    }

    private async Task ConsumeAsync()
    {
        await foreach (var command in commands.Reader.ReadAllAsync())
        {
            await command();
        }
    }
}
