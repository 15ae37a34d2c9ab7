using System.Globalization;
using System.Net;
using System.Text;

namespace Touchstage.Mcp.Tests.Transports.Attacks;

/// <summary>A page in a browser on the same computer has, at worst, a name that it rebound to this machine, and even a key that leaked.</summary>
public sealed class A28_APageReachesTheLocalPort
{
    private const string Refund = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"refund_user","arguments":{"payment_id":"pay_1","amount":20}}}""";
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"page","version":"1"}}}""";

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1.nip.io:PORT")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("localhost.evil.example:PORT")]
    [InlineData("evil-localhost:PORT")]
    [InlineData("0.0.0.0:PORT")]
    [InlineData("[::ffff:127.0.0.1]:PORT")]
    [InlineData("2130706433:PORT")]
    [InlineData("0x7f.1:PORT")]
    [InlineData("localhost.:PORT")]
    [InlineData("")]
    public async Task ANameThatWasReboundHere_IsTurnedAway_BeforeAnybodyAsksForAKey(string host)
    {
        await using var server = await RunningServer.StartAsync();
        var name = host.Replace("PORT", server.Url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var key = await server.Host.AgentAsync();
        foreach (var said in new[]
        {
            await RawPort.SendAsync(server.Url, RawPort.Post(name, key, Initialize)),
            await RawPort.SendAsync(server.Url, RawPort.Post(name, key, Initialize, $"Origin: http://{name}")),
            await RawPort.SendAsync(server.Url, $"GET /mcp/sse HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {key}\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n"),
            await RawPort.SendAsync(server.Url, $"GET /.well-known/jwks.json HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"),
        })
        {
            said.ShouldStartWith("HTTP/1.1 400 ");
            said.ShouldNotContain("Mcp-Session-Id", Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://localhost.evil.example:PORT")]
    [InlineData("chrome-extension://abcdefghijklmnop")]
    [InlineData("http://user@evil.example")]
    [InlineData("http://127.0.0.1:PORT, http://evil.example")]
    public async Task APageOfAnotherOrigin_IsTurnedAway_WithAGoodKeyAndARealSession(string origin)
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.AgentAsync();
        using var http = server.Http(key);
        using var session = await RawSession.OpenAsync(http);
        var named = origin.Replace("PORT", server.Url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var said = await RawPort.SendAsync(server.Url, RawPort.Post(server.Url.Authority, key, Refund, $"Origin: {named}", $"Mcp-Session-Id: {session.Id}"));

        said.ShouldStartWith("HTTP/1.1 403 ");
        server.Upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task ARequestThatNamesTwoHostsOrTwoOrigins_IsTurnedAway()
    {
        await using var server = await RunningServer.StartAsync();
        var (own, key) = (server.Url.Authority, await server.Host.AgentAsync());

        (await RawPort.SendAsync(server.Url, RawPort.Post(own, key, Initialize, "Host: evil.example"))).ShouldStartWith("HTTP/1.1 400 ");
        (await RawPort.SendAsync(server.Url, RawPort.Post(own, key, Initialize, $"Origin: http://{own}", "Origin: http://evil.example"))).ShouldStartWith("HTTP/1.1 403 ");
        (await RawPort.SendAsync(server.Url, $"GET http://evil.example/healthz HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400 ");
        (await RawPort.SendAsync(server.Url, RawPort.Post(own, key, Initialize, $"Origin: http://{own}"))).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Theory]
    [InlineData("OPTIONS", "/mcp")]
    [InlineData("OPTIONS", "/mcp/message")]
    [InlineData("OPTIONS", "/inbox")]
    public async Task APreflight_IsAnsweredWithNoPermission(string method, string path)
    {
        await using var server = await RunningServer.StartAsync();

        var said = await RawPort.SendAsync(
            server.Url, $"{method} {path} HTTP/1.1\r\nHost: {server.Url.Authority}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\nConnection: close\r\n\r\n");

        said.ShouldStartWith("HTTP/1.1 403 ");
        said.ShouldNotContain("Access-Control-Allow", Case.Insensitive);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task WhatAPageMaySendWithoutAsking_IsNoMessage(string type)
    {
        await using var server = await RunningServer.StartAsync();
        var sent = RawPort.Post(server.Url.Authority, await server.Host.AgentAsync(), Initialize).Replace("application/json\r\n", type + "\r\n", StringComparison.Ordinal);

        (await RawPort.SendAsync(server.Url, sent)).ShouldStartWith("HTTP/1.1 415 ");
    }

    [Fact]
    public async Task AKeyInACookieOrInTheQuery_IsNone()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.AgentAsync();
        var (own, length) = (server.Url.Authority, Initialize.Length);
        foreach (var (target, header, status) in new[] { ($"/mcp?key={key}", "X: 1", "401"), ($"/mcp?access_token={key}", "X: 1", "400"), ("/mcp", $"Cookie: session={key}; Authorization=Bearer {key}", "401") })
        {
            var said = await RawPort.SendAsync(
                server.Url,
                $"POST {target} HTTP/1.1\r\nHost: {own}\r\n{header}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{Initialize}");

            said.ShouldStartWith($"HTTP/1.1 {status} ");
        }
    }

    [Fact]
    public async Task ASessionIdTakenOverByAnother_IsUnknown_InTheHeaderAndInTheQuery_ForEveryMethod()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = server.Http(await server.Host.AgentAsync("acme", "bob@example.com"));
        using var session = await RawSession.OpenAsync(owner);
        foreach (var stranger in new[] { await server.Host.AgentAsync("globex", "bob@example.com"), await server.Host.AgentAsync("acme", "eve@example.com"), await server.Host.ApproverAsync("acme", "bob@example.com") })
        {
            using var http = server.Http(stranger);
            foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete])
            {
                using var request = new HttpRequestMessage(method, "/mcp") { Content = method == HttpMethod.Post ? new StringContent(Refund, Encoding.UTF8, "application/json") : null };
                request.Headers.Add("Mcp-Session-Id", session.Id);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                response.StatusCode.ShouldBe(HttpStatusCode.NotFound, method.Method);
            }

            using var content = new StringContent(Refund, Encoding.UTF8, "application/json");
            using var message = await http.PostAsync($"/mcp/message?sessionId={session.Id}", content);
            message.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        server.Upstream.Exchanges.ShouldBeEmpty();
        using var still = await RawSession.PostAsync(owner, """{"jsonrpc":"2.0","id":2,"method":"ping"}""", session.Id);
        still.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
