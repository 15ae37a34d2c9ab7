using System.Buffers;
using System.Text;

namespace Touchstage.Mcp.Frames;

/// <summary>
/// Standard input, message by message. Reads lines within a bound and gives the protocol library only those that are messages: it would read a line of any length into memory, mend what is not UTF-8, and end over what it
/// cannot make sense of. A line that is no message but tells its request's id is replaced by one that the library answers with an error under that id; every other one is left out.
/// </summary>
/// <param name="input">Where lines come from.</param>
/// <param name="maxBytes">How many bytes a line has at most.</param>
internal sealed class FrameStream(Stream input, int maxBytes) : Stream
{
    private readonly byte[] chunk = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> line = new(1024);
    private ReadOnlyMemory<byte> unread;
    private ReadOnlyMemory<byte> ready;
    private bool isTooLong;
    private bool isFirst = true;
    private bool isOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (ready.IsEmpty)
        {
            if (!await NextAsync(cancellationToken))
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, ready.Length);
        ready[..count].CopyTo(buffer);
        ready = ready[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }

    // One more piece of input: up to the end of a line, of what was read, or of everything.
    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        if (unread.IsEmpty)
        {
            if (isOver)
            {
                return false;
            }

            // A read of standard input ends with its bytes and not with the token.
            var count = await input.ReadAsync(chunk, cancellation).AsTask().WaitAsync(cancellation);
            unread = chunk.AsMemory(0, count);
            isOver = count == 0;
            if (isOver)
            {
                End();
                return !ready.IsEmpty;
            }
        }

        var end = unread.Span.IndexOf((byte)'\n');
        Take(end < 0 ? unread : unread[..end]);
        unread = end < 0 ? default : unread[(end + 1)..];
        if (end >= 0)
        {
            End();
        }

        return true;
    }

    private void Take(ReadOnlyMemory<byte> part)
    {
        if (isTooLong || line.WrittenCount + part.Length > maxBytes)
        {
            isTooLong = true;
            return;
        }

        line.Write(part.Span);
    }

    private void End()
    {
        var whole = line.WrittenMemory;
        if (isFirst && whole.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            whole = whole[Encoding.UTF8.Preamble.Length..];
        }

        isFirst = false;
        ready = isTooLong ? Answered(FrameId.Of(whole.Span)) : IsBlank(whole.Span) ? default : Checked(whole);
        isTooLong = false;
        line.ResetWrittenCount();
    }

    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> whole)
    {
        if (FrameCheck.ProblemOf(whole) is { } problem)
        {
            return Answered(problem.Id);
        }

        // The library takes a bare carriage return for the end of a line. In JSON it is a blank like any other.
        byte[] message = [.. whole.Span, (byte)'\n'];
        message.AsSpan().Replace((byte)'\r', (byte)' ');
        return message;
    }

    private static ReadOnlyMemory<byte> Answered(string? id) => id is null ? default : Encoding.UTF8.GetBytes($$"""{"id":{{id}}}""" + "\n");

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t\r"u8) < 0;
}
