using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Touchstage.Mcp.Tests.Transports;

namespace Touchstage.Mcp.Tests.Frames;

public sealed class FrameGateTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    [Theory]
    [InlineData("[" + Ping + "]", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a","name":"b"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":5}}""", -32602)]
    [InlineData("{", -32700)]
    public async Task WhatIsNoMessage_Is400WithTheCodeOfJsonRpc_InBothEras(string content, int code)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        foreach (var era in (string[])[RunningServer.Old, RunningServer.Modern])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(content, Encoding.UTF8, "application/json") };
            request.Headers.Add("MCP-Protocol-Version", era);
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "a");

            using var response = await http.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code);
        }
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"initialize"}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"initialize","params":[]}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":7,"capabilities":"x"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}""", -32020)]
    public async Task Initialize_UnderARevisionThatHasNone_OpensNoSession(string content, int code)
    {
        await using var server = await RunningServer.StartAsync(limits: new() { Sessions = 1 });
        using var http = server.Http(await server.Host.AgentAsync());
        for (var n = 0; n < 3; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(content, Encoding.UTF8, "application/json") };
            request.Headers.Add("MCP-Protocol-Version", RunningServer.Modern);
            request.Headers.Add("Mcp-Method", "initialize");

            using var response = await http.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            response.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
            JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code);
        }

        using var session = await RawSession.OpenAsync(http);
        (await session.SendAsync(Ping)).GetProperty("id").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json; charset=nonsense", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData(null, null)]
    [InlineData("application/json", "gzip")]
    public async Task WhatIsNoJson_Is415(string? type, string? encoding)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Ping));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await http.PostAsync("/mcp", content);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task ARequestOfTwoMebibytes_IsReadWhole()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);

        (await session.SendAsync(Ping + new string(' ', (2 * 1024 * 1024) - Ping.Length))).GetProperty("id").GetInt32().ShouldBe(2);
    }
}
