using System.Collections.Concurrent;

namespace Touchstage.Safety.Storage;

/// <summary>
/// Reaches the key ring's place, which may be a network's, and does not wait for it for ever: everything happens on one thread of its own, and whoever asks gives up in time. As long
/// as that thread is not back, nobody waits again.
/// </summary>
internal sealed class KeyRingReach(TimeProvider time) : IDisposable
{
    /// <summary>How long anybody waits. A store that others write to answers within it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<Action> work = [];
    private readonly Lock gate = new();
    private Thread? thread;
    private volatile Task overdue = Task.CompletedTask;

    /// <summary>Does something there. What it throws is thrown here.</summary>
    /// <exception cref="TimeoutException">It was not done in time; it may be done later.</exception>
    public T Run<T>(Func<T> use)
    {
        if (!overdue.IsCompleted)
        {
            throw new TimeoutException("An earlier use has not come back yet.");
        }

        Start();
        // Whoever waits does so in a thread that stands still, so the answer has nothing else to run.
        var answer = new TaskCompletionSource<T>();
        var inTime = answer.Task.WaitAsync(Limit, time);
        work.Add(() => Answer(use, answer));
        try
        {
            return inTime.GetAwaiter().GetResult();
        }
        catch (TimeoutException) when (!answer.Task.IsCompleted)
        {
            overdue = answer.Task;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => work.CompleteAdding();

    private static void Answer<T>(Func<T> use, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(use());
        }
        catch (Exception broken)
        {
            answer.SetException(broken);
        }
    }

    private void Start()
    {
        lock (gate)
        {
            if (thread is null)
            {
                thread = new(Work) { IsBackground = true, Name = "key ring" };
                thread.Start();
            }
        }
    }

    private void Work()
    {
        foreach (var use in work.GetConsumingEnumerable())
        {
            use();
        }
    }
}
