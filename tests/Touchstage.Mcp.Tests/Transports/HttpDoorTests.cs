using System.Net;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Transports;

public sealed class HttpDoorTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    [Theory]
    [InlineData(null, "Bearer realm=\"touchstage\"")]
    [InlineData("ts_agent_wrong", "Bearer realm=\"touchstage\", error=\"invalid_token\"")]
    public async Task Post_WithoutAGoodKey_Is401WithAChallenge(string? key, string challenge)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(key);
        using var response = await RawSession.PostAsync(http, Ping, null);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe(challenge);
        (await response.Content.ReadAsStringAsync()).ShouldContain("touchstage session create");
    }

    [Fact]
    public async Task Post_KeyRevokedInTheMiddleOfASession_Is401()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.AgentAsync();
        using var http = server.Http(key);
        using var session = await RawSession.OpenAsync(http);
        await session.SendAsync(Ping);

        var sessionId = (await server.Host.CallerAsync(key)).SessionId;
        (await server.Host.Services.GetRequiredServiceOf<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), sessionId, default)).TryGet(out _, out _).ShouldBeTrue();

        using var response = await RawSession.PostAsync(http, Ping, session.Id);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_KeyExpiredInTheMiddleOfASession_Is401()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);

        server.Host.Time.Advance(TimeSpan.FromDays(30));

        using var response = await RawSession.PostAsync(http, Ping, session.Id);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_SessionOfAnotherTenantPrincipalOrKind_Is404LikeAnUnknownOne()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = server.Http(await server.Host.AgentAsync("acme", "bob@example.com"));
        using var session = await RawSession.OpenAsync(owner);
        await session.SendAsync(Ping);

        foreach (var stranger in new[]
        {
            await server.Host.AgentAsync("globex", "bob@example.com"),
            await server.Host.AgentAsync("acme", "eve@example.com"),
            await server.Host.ApproverAsync("acme", "bob@example.com"),
        })
        {
            using var http = server.Http(stranger);
            using var response = await RawSession.PostAsync(http, Ping, session.Id);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            using var unknown = await RawSession.PostAsync(http, Ping, "nothing");
            unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var again = server.Http(await server.Host.AgentAsync("acme", "bob@example.com"));
        using var another = await RawSession.PostAsync(again, Ping, session.Id);
        another.StatusCode.ShouldBe(HttpStatusCode.OK, "another key of the same principal and kind may go on");
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Host", "127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task Any_RequestOfAForeignPage_IsRefused(string header, string value, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        foreach (var path in (string[])["/mcp", "/healthz", "/.well-known/jwks.json"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
            using var response = await http.SendAsync(request);
            response.StatusCode.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task OpenPaths_NeedNoKey()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(null);

        (await http.GetStringAsync("/healthz")).ShouldBe("ok");
        (await http.GetStringAsync("/readyz")).ShouldBe("ready");
        (await http.GetStringAsync("/.well-known/jwks.json")).ShouldContain("\"keys\"");
    }

    [Fact]
    public async Task Post_MoreThanTwoMebibytes_Is413()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var response = await RawSession.PostAsync(http, new string(' ', (2 * 1024 * 1024) + 1), null);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_MalformedParameters_SaysWhatIsWrong()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);

        var answer = await session.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"refund_user","arguments":"x"}}""");

        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32602);
        answer.GetProperty("error").GetProperty("message").GetString().ShouldBe("tools/call: params.arguments must be an object.");
    }
}
