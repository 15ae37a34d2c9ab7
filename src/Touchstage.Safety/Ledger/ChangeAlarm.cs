using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Safety.Ledger;

/// <summary>Wakes a worker when something of certain kinds changes, when it is rung, and after a while in any case: nothing depends on a signal.</summary>
internal sealed class ChangeAlarm(IChangeFeed changes, TimeProvider time, TimeSpan atLatestEvery, params string[] kinds)
{
    private volatile TaskCompletionSource rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes the worker.</summary>
    public void Ring() => rung.TrySetResult();

    /// <summary>Waits until it is woken. Rings that came while nobody waited count once. Returns, too, when it is told to stop.</summary>
    public async Task WaitAsync(CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(rung.Task, Task.Delay(atLatestEvery, time, ended.Token));
        await ended.CancelAsync();
        rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Rings at every change of its kinds, until it is told to stop. A feed that breaks is taken up again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A store that is down now may be up later; until then the worker wakes by the clock.")]
    public async Task FollowAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in changes.FollowAsync(await changes.NewestAsync(stopping), stopping))
                {
                    if (kinds.Contains(change.Kind, StringComparer.Ordinal))
                    {
                        Ring();
                    }
                }
            }
            catch (Exception)
            {
                await Task.Delay(atLatestEvery, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
