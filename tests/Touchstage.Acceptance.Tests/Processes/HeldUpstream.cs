using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>An upstream that answers nothing until a test says so, and remembers every connection that was made.</summary>
internal sealed class HeldUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Channel<HeldRequest> arrived = Channel.CreateUnbounded<HeldRequest>();
    private readonly List<HeldRequest> all = [];
    private readonly Task accepting;

    public HeldUpstream()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every connection so far, by method and target.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (all)
            {
                return [.. all.Select(request => request.Line)];
            }
        }
    }

    /// <summary>The next connection, once its first request is there whole.</summary>
    public async Task<HeldRequest> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        try
        {
            return await arrived.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"Nothing reached the upstream within {Patience.ForAnEvent}; before that: {string.Join(", ", Lines)}.", late);
        }
    }

    /// <summary>Answers every request alike until it is disposed of.</summary>
    public async Task AnswerAllAsync(Func<HeldRequest, Task> answer)
    {
        await foreach (var request in arrived.Reader.ReadAllAsync())
        {
            await answer(request);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        arrived.Writer.TryComplete();
        lock (all)
        {
            all.ForEach(request => request.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                _ = ReadAsync(socket);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // No more connections.
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        var (buffer, length) = (new byte[64 * 1024], 0);
        try
        {
            while (length < buffer.Length && !IsWhole(buffer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (SocketException)
        {
            // Cut; what came before it counts.
        }

        var request = new HeldRequest(socket, buffer[..length]);
        lock (all)
        {
            all.Add(request);
        }

        arrived.Writer.TryWrite(request);
    }

    private static bool IsWhole(ReadOnlySpan<byte> received)
    {
        if (received is [0x16, 0x03, ..])
        {
            return true;
        }

        var text = Encoding.Latin1.GetString(received);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?["Content-Length:".Length..];
        return text.Length - end - 4 >= (length is null ? 0 : int.Parse(length, CultureInfo.InvariantCulture));
    }
}
