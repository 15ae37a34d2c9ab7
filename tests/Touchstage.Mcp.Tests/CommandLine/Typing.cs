using System.Text;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>A person at the terminal: what they type is made up when they are asked, after whatever else happens in the meantime.</summary>
internal sealed class Typing(Func<Task<string>> answer) : Stream
{
    private byte[]? typed;
    private int at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        typed ??= Encoding.UTF8.GetBytes(await answer());
        var count = Math.Min(buffer.Length, typed.Length - at);
        typed.AsMemory(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
