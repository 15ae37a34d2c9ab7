using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Touchstage.TestKit;

/// <summary>An upstream on a free loopback port that says, to the byte, what its script says. Everything about it is bounded and ends with it.</summary>
public sealed class FakeUpstream : IAsyncDisposable
{
    private const int MaxConnections = 200;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentQueue<FakeExchange> exchanges = new();
    private readonly Func<FakeExchange, Task> script;
    private readonly Task accepting;
    private int connections;
    private int disposed;

    private FakeUpstream(Func<FakeExchange, Task> script)
    {
        this.script = script;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Its base URL.</summary>
    public string BaseUrl => $"http://127.0.0.1:{Port}";

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<FakeExchange> Exchanges => [.. exchanges];

    /// <summary>How many connections it took.</summary>
    public int Connections => connections;

    public static FakeUpstream Start(Func<FakeExchange, Task> script) => new(script);

    /// <summary>Answers everything alike.</summary>
    public static FakeUpstream Answering(int status, string contentType, string body) => new(exchange => exchange.ReplyAsync(status, contentType, body));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stopped.CancelAsync();
        await accepting;
        listener.Stop();
        stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (serving.Count < MaxConnections)
            {
                serving.Add(ServeAsync(await listener.AcceptSocketAsync(stopped.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref connections);
        using var owned = socket;
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        try
        {
            while (await FakeExchange.ReadAsync(socket, stream, stopped.Token) is { } exchange)
            {
                exchanges.Enqueue(exchange);
                await script(exchange);
                if (exchange.IsOver)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
        }
    }
}
