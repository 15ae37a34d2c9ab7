using System.Net;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Tests.Transports;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Sessions;

public sealed class AccessTokenTests(TokenServer tokens) : IClassFixture<TokenServer>
{
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    private RunningServer Server => tokens.Server;

    private FakeIssuer Issuer => tokens.Issuer;

    [Theory]
    [InlineData("http 2025-06-18")]
    [InlineData("http 2025-11-25")]
    [InlineData("http 2026-07-28")]
    [InlineData("sse")]
    public async Task A_client_with_a_token_lists_and_calls_as_one_with_a_key_does(string door)
    {
        foreach (var bearer in new[] { Issuer.Token(), await Server.Host.AgentAsync() })
        {
            var client = await Server.ThroughAsync(door, bearer);

            (await client.ListToolsAsync()).ShouldContain(tool => tool.Name == "refund_user");
            var result = await client.CallToolAsync("refund_user", new Dictionary<string, object?> { ["payment_id"] = "pay_1", ["amount"] = 80 });
            result.StructuredContent!.Value.GetProperty("status").GetString().ShouldBe("pending_approval");
        }
    }

    [Theory]
    [InlineData("http 2025-11-25")]
    [InlineData("http 2026-07-28")]
    public async Task An_approvers_token_has_prompts_and_no_tools(string door)
    {
        var client = await Server.ThroughAsync(door, Issuer.ApproverToken(claims => (claims["sub"], claims["email"]) = ("00u2", "olga@acme.example")));

        (await client.ListPromptsAsync()).ShouldContain(prompt => prompt.Name == "review_queue");
        (await client.ListToolsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_is_good_for_its_own_tenant_principal_and_kind_whatever_good_token_comes()
    {
        await using var other = FakeIssuer.Start();
        await using var server = await RunningServer.StartAsync(issuer: Issuer, networks: [other.Network], tokens: options => options.Issuers.Add(new(other.Issuer, null)));
        other.Time = server.Host.Time;
        using var owner = server.Http(Issuer.Token());
        using var session = await RawSession.OpenAsync(owner);
        await session.SendAsync(Ping);

        foreach (var (who, stranger) in new[]
        {
            ("another tenant", Issuer.Token(claims => claims["tenant"] = "globex")),
            ("another person", Issuer.Token(claims => claims["sub"] = "00u2")),
            ("the same as an approver", Issuer.ApproverToken()),
            ("somebody who acts for them", Issuer.Token(claims => claims["act"] = new System.Text.Json.Nodes.JsonObject { ["sub"] = "bot" })),
            ("the same name at another issuer", other.Token()),
            ("the same name under a key", await server.Host.AgentAsync("acme", "00u1")),
        })
        {
            using var http = server.Http(stranger);
            using var refused = await RawSession.PostAsync(http, Ping, session.Id);
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound, who);
            using var get = new HttpRequestMessage(HttpMethod.Get, "/mcp");
            get.Headers.Add("Mcp-Session-Id", session.Id);
            (await http.SendAsync(get, HttpCompletionOption.ResponseHeadersRead)).StatusCode.ShouldBe(HttpStatusCode.NotFound, who);
            using var end = new HttpRequestMessage(HttpMethod.Delete, "/mcp");
            end.Headers.Add("Mcp-Session-Id", session.Id);
            (await http.SendAsync(end)).StatusCode.ShouldBe(HttpStatusCode.NotFound, who);
        }

        using var again = server.Http(Issuer.Token(claims => claims["client_id"] = "other"));
        using var goesOn = await RawSession.PostAsync(again, Ping, session.Id);
        goesOn.StatusCode.ShouldBe(HttpStatusCode.OK, "another token of the same principal and kind");
    }

    [Fact]
    public async Task An_agents_token_does_not_go_on_in_an_approvers_session()
    {
        using var approver = Server.Http(Issuer.ApproverToken());
        using var session = await RawSession.OpenAsync(approver);
        using var agent = Server.Http(Issuer.Token());

        (await RawSession.PostAsync(agent, Ping, session.Id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Over_legacy_SSE_a_foreign_token_does_not_reach_the_session()
    {
        using var owner = Server.Http(Issuer.Token());
        using var until = new CancellationTokenSource(Patience.ForAnEvent);
        using var stream = await owner.GetAsync("/mcp/sse", HttpCompletionOption.ResponseHeadersRead, until.Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(until.Token));
        string? endpoint = null;
        while (endpoint is null)
        {
            var line = (await reader.ReadLineAsync(until.Token)).ShouldNotBeNull("the stream ended without an endpoint");
            endpoint = line.StartsWith("data: ", StringComparison.Ordinal) ? line["data: ".Length..] : null;
        }

        var address = new Uri(new Uri(Server.Url, "/mcp/"), endpoint.TrimStart('/').Replace("mcp/", "", StringComparison.Ordinal));
        foreach (var (bearer, expected) in new[] { (Issuer.Token(claims => claims["tenant"] = "globex"), HttpStatusCode.NotFound), (Issuer.ApproverToken(), HttpStatusCode.NotFound), (Issuer.Token(), HttpStatusCode.Accepted) })
        {
            using var http = Server.Http(bearer);
            using var answer = await http.PostAsync(address, new StringContent(Ping, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), until.Token);
            answer.StatusCode.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_token_that_expires_in_the_middle_of_a_session_is_refused_and_the_next_one_goes_on()
    {
        await using var issuer = FakeIssuer.Start();
        await using var server = await RunningServer.StartAsync(issuer: issuer);
        using var first = server.Http(issuer.Token());
        using var session = await RawSession.OpenAsync(first);

        server.Host.Time.Advance(TimeSpan.FromMinutes(6));

        (await RawSession.PostAsync(first, Ping, session.Id)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var second = server.Http(issuer.Token());
        (await RawSession.PostAsync(second, Ping, session.Id)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_is_shut_out_is_refused_from_the_next_request_on()
    {
        await using var issuer = FakeIssuer.Start();
        await using var server = await RunningServer.StartAsync(issuer: issuer);
        using var http = server.Http(issuer.Token());
        using var session = await RawSession.OpenAsync(http);
        await server.RevokeTokenAsync("acme");

        using var refused = await RawSession.PostAsync(http, Ping, session.Id);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("shut out");
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/mcp/sse")]
    public async Task A_stream_ends_when_what_it_was_opened_with_is_no_longer_good(string path)
    {
        await using var issuer = FakeIssuer.Start();
        await using var server = await RunningServer.StartAsync(issuer: issuer);
        using var http = server.Http(issuer.Token());
        using var until = new CancellationTokenSource(Patience.ForAnEvent);
        using var get = new HttpRequestMessage(HttpMethod.Get, path);
        if (path == "/mcp")
        {
            using var session = await RawSession.OpenAsync(http);
            get.Headers.Add("Mcp-Session-Id", session.Id);
        }

        using var stream = await http.SendAsync(get, HttpCompletionOption.ResponseHeadersRead, until.Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(until.Token));

        server.Host.Time.Advance(TimeSpan.FromMinutes(6));

        (await EndsAsync(reader, until.Token)).ShouldBeTrue();
    }

    [Fact]
    public void A_stream_is_looked_at_more_often_than_a_token_lives() => StreamLease.Every.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(1));

    private static async Task<bool> EndsAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            while (await reader.ReadLineAsync(cancellation) is not null)
            {
            }

            return true;
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return true;
        }
    }
}
