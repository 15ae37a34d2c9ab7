using System.Threading.Channels;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>One call's wait for changes of one approval. Changes that come faster than they are looked at wake it once.</summary>
internal sealed class ApprovalWait(Action<ApprovalWait> close) : IDisposable
{
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes note of a change. Never waits.</summary>
    public void Note() => signal.Writer.TryWrite(true);

    /// <summary>Waits for a change since it was last asked.</summary>
    /// <returns>False if the time was up first.</returns>
    public async Task<bool> IsChangedAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => close(this);
}
