using System.Net;
using System.Text.Json;
using ModelContextProtocol.Client;
using Touchstage.Mcp.Tests.Transports;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Admission;

public sealed class CallAdmissionTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";
    private const string Refund = """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"refund_user","arguments":{"payment_id":"pay_1","amount":20}}}""";

    [Fact]
    public async Task MoreInAMinuteThanASessionMay_Is429WithRetryAfter_AndAnotherSessionGoesOn()
    {
        await using var server = await RunningServer.StartAsync(limits: new() { CallsPerMinute = 3 });
        using var busy = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(busy);
        await session.SendAsync(Ping);
        await session.SendAsync(Ping);

        using var refused = await RawSession.PostAsync(busy, Ping, session.Id);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("error").GetString().ShouldBe("too_many_requests");
        using var other = server.Http(await server.Host.AgentAsync());
        using var free = await RawSession.OpenAsync(other);
    }

    [Fact]
    public async Task MoreInAMinuteThanATenantMay_Is429ForAllItsSessions_AndAnotherTenantGoesOn()
    {
        await using var server = await RunningServer.StartAsync(limits: new() { TenantCallsPerMinute = 2 });
        for (var n = 0; n < 2; n++)
        {
            using var http = server.Http(await server.Host.AgentAsync());
            using var session = await RawSession.OpenAsync(http);
        }

        using var next = server.Http(await server.Host.AgentAsync());
        (await Should.ThrowAsync<HttpRequestException>(RawSession.OpenAsync(next))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var globex = server.Http(await server.Host.AgentAsync("globex"));
        using var free = await RawSession.OpenAsync(globex);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(100, 1)]
    public async Task MoreAtATimeThanOneMay_Is429_AndWhatWasUnderWayEnds(int ofASession, int ofATenant)
    {
        await using var holding = new HoldingUpstream();
        await using var server = await RunningServer.StartAsync(holding.Upstream, limits: new() { Calls = ofASession, TenantCalls = ofATenant });
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        var first = session.SendAsync(Refund);
        await holding.ArrivedAsync();

        using var refused = await RawSession.PostAsync(http, Ping, session.Id);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var globex = server.Http(await server.Host.AgentAsync("globex"));
        using var free = await RawSession.OpenAsync(globex);
        holding.Release();
        (await first.WaitAsync(Patience.ForAnEvent)).GetProperty("id").GetInt32().ShouldBe(3);
        holding.Upstream.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Streams_AreCountedApart_SoThatTheyKeepNoCallOut_AndDoNotPileUp()
    {
        await using var server = await RunningServer.StartAsync(limits: new() { Calls = 2, Streams = 1 });
        using var http = server.Http(await server.Host.AgentAsync());
        using var first = await RawSession.OpenAsync(http);
        using var second = await RawSession.OpenAsync(http);
        using var stream = await StreamAsync(http, first.Id);

        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await StreamAsync(http, second.Id);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await first.SendAsync(Ping);
        await second.SendAsync(Ping);
    }

    [Fact]
    public async Task MoreSessionsThanOneMayHave_Is429_AndADeletedOneMakesRoom()
    {
        await using var server = await RunningServer.StartAsync(limits: new() { Sessions = 2 });
        var key = await server.Host.AgentAsync();
        using var http = server.Http(key);
        using var first = await RawSession.OpenAsync(http);
        using var second = await RawSession.OpenAsync(http);

        (await Should.ThrowAsync<HttpRequestException>(RawSession.OpenAsync(http))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var stranger = server.Http(await server.Host.AgentAsync(subject: "somebody@example.com"));
        using var theirs = await RawSession.OpenAsync(stranger);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/mcp");
        delete.Headers.Add("Mcp-Session-Id", first.Id);
        using var deleted = await http.SendAsync(delete);
        deleted.EnsureSuccessStatusCode();
        using var third = await RawSession.OpenAsync(http);
    }

    [Fact]
    public async Task ASessionThatNobodyUses_Ends()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        await session.SendAsync(Ping);

        var status = HttpStatusCode.OK;
        for (var left = 200; left > 0 && status != HttpStatusCode.NotFound; left--)
        {
            server.Host.Time.Advance(TimeSpan.FromMinutes(11));
            using var response = await RawSession.PostAsync(http, Ping, session.Id);
            status = response.StatusCode;
        }

        status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("sse")]
    [InlineData("streams 2025-11-25")]
    [InlineData("streams 2026-07-28")]
    public async Task MoreCallsUnderWayThanASessionMay_AreAFault_AlsoWhereNoRequestIsHeldOpen(string door)
    {
        await using var holding = new HoldingUpstream();
        await using var server = await RunningServer.StartAsync(holding.Upstream, limits: new() { Calls = 1 });
        var client = await server.ThroughAsync(door, await server.Host.AgentAsync());
        var held = RefundAsync(client, "pay_1");
        await holding.ArrivedAsync();

        var fault = await Should.ThrowAsync<ModelContextProtocol.McpProtocolException>(RefundAsync(client, "pay_2").WaitAsync(Patience.ForAnEvent));

        fault.Message.ShouldContain("Too many requests of this session");
        holding.Release();
        (await held.WaitAsync(Patience.ForAnEvent)).IsError.ShouldNotBe(true);
        holding.Upstream.Exchanges.Count.ShouldBe(1);
    }

    private static async Task<ModelContextProtocol.Protocol.CallToolResult> RefundAsync(McpClient client, string payment) =>
        await client.CallToolAsync("refund_user", new Dictionary<string, object?> { ["payment_id"] = payment, ["amount"] = 20 });

    private static Task<HttpResponseMessage> StreamAsync(HttpClient http, string session)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience.ForAnEvent);
    }
}
