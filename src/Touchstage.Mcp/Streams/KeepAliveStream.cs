namespace Touchstage.Mcp.Streams;

/// <summary>
/// The body of a response that may be a stream of events. While nothing is sent it writes a comment now and then, between events only, so that proxies and clients see that the stream lives (HTML, section 9.2.7). It begins
/// once the first event or the headers were flushed: until then the status is not settled.
/// </summary>
internal sealed class KeepAliveStream(Stream inner, Func<bool> isEventStream, TimeProvider time, TimeSpan interval) : Stream
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private long last = time.GetTimestamp();
    private byte beforeLast = (byte)'\n';
    private byte lastByte = (byte)'\n';
    private volatile bool isFlushed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes comments until it is cancelled or the connection is gone.</summary>
    public async Task PumpAsync(CancellationToken cancellation)
    {
        // Half the interval: then no silence lasts longer than one and a half.
        using var timer = new PeriodicTimer(interval / 2, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await CommentAsync(cancellation);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever writes the events finds the same.
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
            Note(buffer.Span);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await inner.FlushAsync(cancellationToken);
            isFlushed = true;
        }
        finally
        {
            gate.Release();
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gate.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task CommentAsync(CancellationToken cancellation)
    {
        if (!isFlushed || !isEventStream() || time.GetElapsedTime(Interlocked.Read(ref last)) < interval)
        {
            return;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            if (beforeLast == '\n' && lastByte == '\n')
            {
                await inner.WriteAsync(":\n\n"u8.ToArray(), cancellation);
                await inner.FlushAsync(cancellation);
                Interlocked.Exchange(ref last, time.GetTimestamp());
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private void Note(ReadOnlySpan<byte> written)
    {
        if (written.Length > 0)
        {
            (beforeLast, lastByte) = (written.Length > 1 ? written[^2] : lastByte, written[^1]);
            Interlocked.Exchange(ref last, time.GetTimestamp());
        }
    }
}
