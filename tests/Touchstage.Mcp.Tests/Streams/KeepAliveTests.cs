using System.Text;
using Touchstage.Mcp.Streams;
using Touchstage.Mcp.Tests.Transports;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Streams;

public sealed class KeepAliveTests
{
    private const string Listen =
        """{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";

    [Theory]
    [InlineData("GET")]
    [InlineData("SSE")]
    [InlineData("listen")]
    public async Task AStreamOnWhichNothingHappens_SaysNowAndThenThatItLives(string what)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var request = await RequestAsync(what, http);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience.ForAnEvent);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();

        (await SaidAsync(stream, server.Host.Time, ":\n\n")).ShouldEndWith("\n\n:\n\n");
    }

    [Fact]
    public async Task WithinAnEventAndBeforeTheHeaders_NothingIsSaid()
    {
        var time = new WatchedTime(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using var sent = new MemoryStream();
        await using var stream = new KeepAliveStream(sent, () => true, time, TimeSpan.FromSeconds(10));
        using var until = new CancellationTokenSource();
        var pump = stream.PumpAsync(until.Token);
        await TickAsync(time);
        sent.Length.ShouldBe(0, "nothing was flushed");

        await stream.WriteAsync("data: half"u8.ToArray());
        await stream.FlushAsync(default);
        await TickAsync(time);
        await stream.WriteAsync(" and whole\n\n"u8.ToArray());

        Encoding.UTF8.GetString(sent.ToArray()).ShouldBe("data: half and whole\n\n");
        for (var left = 1_000; left > 0 && sent.Length < 25; left--)
        {
            await TickAsync(time);
        }

        await until.CancelAsync();
        await pump;
        Encoding.UTF8.GetString(sent.ToArray()).ShouldStartWith("data: half and whole\n\n:\n\n");
    }

    private static async Task TickAsync(WatchedTime time)
    {
        time.Advance(TimeSpan.FromSeconds(11));
        await Task.Yield();
    }

    private static async Task<HttpRequestMessage> RequestAsync(string what, HttpClient http)
    {
        switch (what)
        {
            case "GET":
                using (var session = await RawSession.OpenAsync(http))
                {
                    var get = new HttpRequestMessage(HttpMethod.Get, "/mcp");
                    get.Headers.Add("Mcp-Session-Id", session.Id);
                    return get;
                }

            case "SSE":
                return new(HttpMethod.Get, "/mcp/sse");
            default:
                var post = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(Listen, Encoding.UTF8, "application/json") };
                post.Headers.Add("MCP-Protocol-Version", RunningServer.Modern);
                post.Headers.Add("Mcp-Method", "subscriptions/listen");
                return post;
        }
    }

    // Reads until it is there; the clock goes on while nothing comes.
    private static async Task<string> SaidAsync(Stream stream, WatchedTime time, string expected)
    {
        using var late = new CancellationTokenSource(Patience.ForAnEvent);
        var (said, buffer) = (new StringBuilder(), new byte[1024]);
        while (!said.ToString().Contains("\n\n" + expected, StringComparison.Ordinal))
        {
            var read = stream.ReadAsync(buffer, late.Token).AsTask();
            while (!read.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(8));
                await Task.WhenAny(read, Task.Run(static () => { }));
                late.Token.ThrowIfCancellationRequested();
            }

            var count = await read;
            count.ShouldBeGreaterThan(0, $"the stream ended after: {said}");
            said.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return said.ToString()[..(said.ToString().IndexOf("\n\n" + expected, StringComparison.Ordinal) + 2 + expected.Length)];
    }
}
