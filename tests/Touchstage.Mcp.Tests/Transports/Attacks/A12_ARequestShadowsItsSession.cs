using System.Net;
using System.Text;
using System.Text.Json;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Transports.Attacks;

/// <summary>Who acts is the key's. Nothing else of a request says it, wherever it stands and whatever it is called.</summary>
public sealed class A12_ARequestShadowsItsSession
{
    private static readonly string[] Headers =
    [
        "X-Tenant: globex", "Tenant: globex", "X-Forwarded-User: boss@example.com", "X-Remote-User: boss@example.com", "X-Roles: admin", "X-Original-URL: /inbox", "X-HTTP-Method-Override: GET", "Forwarded: for=127.0.0.1;host=evil.example",
        "X-Forwarded-Host: evil.example", "Mcp-Param-tenant: globex", "Cookie: touchstage=1; __Host-touchstage=1", "Txn-Token: eyJhbGciOiJub25lIn0.e30.",
    ];

    private static readonly string[] Metas =
    [
        """{"caller":{"roles":["admin"]}}""", """{"tenant":"globex","roles":["admin"],"sub":"boss@example.com"}""", """{"io.modelcontextprotocol/clientInfo":{"name":"globex","version":"1"}}""",
        """{"__proto__":{"roles":["admin"]}}""", """{"io.modelcontextprotocol/aiInvocation":{"caller":{"roles":["admin"]}}}""",
    ];

    [Fact]
    public async Task HeadersAndQuery_NameNobody()
    {
        await using var server = await RunningServer.StartAsync(Product());
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp?tenant=globex&roles=admin&sub=boss") { Content = new StringContent(Delete("{}"), Encoding.UTF8, "application/json") };
        request.Headers.Add("Mcp-Session-Id", session.Id);
        foreach (var header in Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]).ShouldBeTrue();
        }

        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldContain("pending_approval");
        server.Upstream.Exchanges.ShouldNotContain(exchange => exchange.Method == "DELETE");
    }

    [Fact]
    public async Task MetaOfARequest_NamesNobody()
    {
        await using var server = await RunningServer.StartAsync(Product());
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        foreach (var meta in Metas)
        {
            var answer = await session.SendAsync(Delete(meta));

            answer.GetProperty("result").GetProperty("structuredContent").GetProperty("status").GetString().ShouldBe("pending_approval", meta);
        }

        server.Upstream.Exchanges.ShouldNotContain(exchange => exchange.Method == "DELETE");
    }

    [Fact]
    public async Task HeadersOfTheNewestRevision_ThatSayOtherThanTheMessage_AreRefused()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        foreach (var (method, name) in new[] { ("tools/list", "delete_project"), ("subscriptions/listen", "delete_project"), ("tools/call", "list_projects") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(Delete("""{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"""), Encoding.UTF8, "application/json") };
            request.Headers.Add("MCP-Protocol-Version", RunningServer.Modern);
            request.Headers.Add("Mcp-Method", method);
            request.Headers.Add("Mcp-Name", name);

            using var response = await http.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32020);
        }

        server.Upstream.Exchanges.ShouldBeEmpty();
    }

    private static FakeUpstream Product() => FakeUpstream.Answering(200, "application/json", """{"id":"prj_1","name":"mine"}""");

    private static string Delete(string meta) => $$$"""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"delete_project","arguments":{"project_id":"prj_1"},"_meta":{{{meta}}}}}""";
}
