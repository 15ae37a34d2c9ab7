using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Touchstage.Acceptance.Tests.Telemetry;

/// <summary>A collector on loopback that takes OTLP over HTTP (protobuf), and keeps every byte that came.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string Path, byte[] Head, byte[] Body)> received = new();
    private readonly CancellationTokenSource stopped = new();
    private readonly Task accepting;

    public OtlpReceiver()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Everything that came, heads and bodies.</summary>
    public IEnumerable<(string Place, byte[] Content)> Everything => received.SelectMany(request => new[] { (request.Path + " head", request.Head), (request.Path, request.Body) });

    /// <summary>Every span: its trace's id and its name. (ExportTraceServiceRequest 1, ResourceSpans 2, ScopeSpans 2; Span: trace_id 1, name 5.)</summary>
    public IReadOnlyList<(string Trace, string Name)> Spans =>
        [.. Of("/v1/traces", 1, 2, 2).Select(span => (Convert.ToHexStringLower(Protobuf.Fields(span, 1).Single()), Encoding.UTF8.GetString(Protobuf.Fields(span, 5).Single())))];

    /// <summary>The name of every metric. (ExportMetricsServiceRequest 1, ResourceMetrics 2, ScopeMetrics 2; Metric: name 1.)</summary>
    public IReadOnlySet<string> Metrics => Of("/v1/metrics", 1, 2, 2).Select(metric => Encoding.UTF8.GetString(Protobuf.Fields(metric, 1).Single())).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Stop();
        await accepting;
        stopped.Dispose();
    }

    private IEnumerable<byte[]> Of(string path, params int[] way) =>
        way.Aggregate(received.Where(request => request.Path == path).Select(request => request.Body), (messages, field) => messages.SelectMany(message => Protobuf.Fields(message, field)));

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopped.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        await using var stream = client.GetStream();
        try
        {
            while (await ReadHeadAsync(stream) is { } head)
            {
                var length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))["Content-Length:".Length..];
                var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(body, stopped.Token);
                received.Enqueue((head.Split(' ')[1], Encoding.Latin1.GetBytes(head), body));
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stopped.Token);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException)
        {
            // The sender is gone, or the test is.
        }
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (head.Length < 65_536)
        {
            if (await stream.ReadAsync(one, stopped.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n")
            {
                return head.ToString();
            }
        }

        return null;
    }
}
