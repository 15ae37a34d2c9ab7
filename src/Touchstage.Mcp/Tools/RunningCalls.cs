using System.Collections.Concurrent;

namespace Touchstage.Mcp.Tools;

/// <summary>Knows the calls that are under way, so that a server that stops lets them settle first.</summary>
internal sealed class RunningCalls(TimeProvider time) : IHostedService
{
    // A step lives 30 seconds at most.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(33);

    private readonly ConcurrentDictionary<Task, byte> running = new();

    /// <summary>Remembers a call until it is over.</summary>
    public async Task<T> Track<T>(Task<T> call)
    {
        running[call] = 0;
        try
        {
            return await call;
        }
        finally
        {
            running.TryRemove(call, out _);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(running.Keys).WaitAsync(LongestStep, time, cancellationToken);
        }
        catch (Exception ended) when (ended is not OutOfMemoryException)
        {
            // Whoever called hears of its own call; what was recorded and not settled becomes unknown at the next start.
        }
    }
}
