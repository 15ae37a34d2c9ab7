namespace Touchstage.Safety.Storage;

/// <summary>Wakes this process's followers after a commit of its own. A hint: who misses it finds the change by polling.</summary>
internal sealed class ChangeSignal
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next commit. Take it before looking, so that a commit in between is not slept through.</summary>
    public Task Next => next.Task;

    public void Raise()
    {
        var raised = Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        raised.SetResult();
    }
}
