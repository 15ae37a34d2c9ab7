using System.Buffers;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>Every byte that a server sent to a client, kept up to a bound for the search for secrets.</summary>
internal sealed class Transcript
{
    private const int MostBytes = 32 * 1024 * 1024;

    private readonly Lock adding = new();
    private readonly ArrayBufferWriter<byte> bytes = new();

    public void Add(ReadOnlySpan<byte> part)
    {
        lock (adding)
        {
            if (bytes.WrittenCount < MostBytes)
            {
                bytes.Write(part);
            }
        }
    }

    public byte[] ToArray()
    {
        lock (adding)
        {
            return bytes.WrittenSpan.ToArray();
        }
    }
}
