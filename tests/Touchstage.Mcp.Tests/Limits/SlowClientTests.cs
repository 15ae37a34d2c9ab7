using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Mcp.Tests.Transports;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Limits;

/// <summary>Who sends or reads too slowly is let go of. The server's own clock says when; each test waits for what the server does.</summary>
public sealed class SlowClientTests
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/clientInfo":{"name":"slow","version":"1"},"io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""";

    private static readonly string[] Modern = ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list"];

    [Fact]
    public async Task WhoStopsInTheMiddleOfARequest_IsToldAndLetGoOf()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.AgentAsync();
        var whole = RawPort.Post(server.Url.Authority, key, List, Modern);

        var ofTheHead = RawPort.SendAsync(server.Url, whole[..(whole.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 8)]);
        var ofTheContent = RawPort.SendAsync(server.Url, whole[..^8]);
        (await RawPort.SendAsync(server.Url, whole)).ShouldStartWith("HTTP/1.1 200 ", customMessage: "others are answered meanwhile");

        (await ofTheContent).ShouldStartWith("HTTP/1.1 408 ");
        (await ofTheHead).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact]
    public async Task WhoReadsNothing_IsLetGoOf()
    {
        await using var server = await RunningServer.StartAsync(configure: services => services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Small));
        var request = Encoding.Latin1.GetBytes(RawPort.Post(server.Url.Authority, await server.Host.AgentAsync(), List, Modern).Replace("Connection: close\r\n", "", StringComparison.Ordinal));
        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await client.ConnectAsync(IPAddress.Loopback, server.Url.Port, patience.Token);

        // Answers pile up until nothing goes through any more, in either direction; then only the server can end it.
        var cut = await Should.ThrowAsync<SocketException>(async () =>
        {
            while (true)
            {
                await client.SendAsync(request, SocketFlags.None, patience.Token);
            }
        });

        cut.SocketErrorCode.ShouldBeOneOf(SocketError.ConnectionReset, SocketError.ConnectionAborted, SocketError.Shutdown);
        using var http = server.Http(null);
        (await http.GetStringAsync("/healthz")).ShouldBe("ok");
    }

    // What the system buffers counts as read, and takes its time.
    private static Socket Small(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = 4_096;
        return socket;
    }
}
