using System.Net;
using System.Text.Json;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Sessions;

public sealed class ProtectedResourceTests(TokenServer tokens) : IClassFixture<TokenServer>
{
    private const string Metadata = "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task The_metadata_says_who_gives_tokens_and_for_what(string path)
    {
        using var http = tokens.Server.Http(null);
        using var answer = await http.GetAsync(path);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var metadata = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        metadata.GetProperty("resource").GetString().ShouldBe(FakeIssuer.Resource);
        metadata.GetProperty("authorization_servers").EnumerateArray().Single().GetString().ShouldBe(tokens.Issuer.Issuer);
        metadata.GetProperty("scopes_supported").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["touchstage:agent", "touchstage:approver"]);
        metadata.GetProperty("bearer_methods_supported").EnumerateArray().Single().GetString().ShouldBe("header");
        metadata.GetProperty("resource_name").GetString().ShouldBe("Touchstage");
    }

    [Fact]
    public async Task Behind_a_proxy_the_metadata_is_where_the_resource_says()
    {
        await using var server = await RunningServer.StartAsync(issuer: tokens.Issuer, tokens: options => (options.Resource, options.KindClaim) = ("https://example.com/tools/mcp", "kind"));
        using var http = server.Http(null);

        var metadata = JsonElement.Parse(await http.GetStringAsync("/.well-known/oauth-protected-resource/tools/mcp"));
        metadata.GetProperty("resource").GetString().ShouldBe("https://example.com/tools/mcp");
        metadata.TryGetProperty("scopes_supported", out _).ShouldBeFalse("a claim says the kind");
        using var refused = await http.PostAsync("/mcp", null);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"touchstage\", resource_metadata=\"https://example.com/.well-known/oauth-protected-resource/tools/mcp\"");
    }

    [Fact]
    public async Task Without_an_issuer_there_is_no_metadata_and_challenges_name_none()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(null);

        (await http.GetAsync("/.well-known/oauth-protected-resource")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.PostAsync("/mcp", null)).Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"touchstage\"");
    }

    [Theory]
    [InlineData("", "touchstage:agent")]
    [InlineData("?kind=agent", "touchstage:agent")]
    [InlineData("?kind=approver", "touchstage:approver")]
    [InlineData("?kind=%22,%20evil", "touchstage:agent")]
    public async Task Whoever_brings_nothing_is_told_where_to_ask_and_for_which_scope(string query, string scope)
    {
        using var answer = await tokens.PingAsync(null, query: query);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe($"Bearer realm=\"touchstage\", scope=\"{scope}\", {Metadata}");
    }

    [Fact]
    public async Task Where_the_metadata_is_does_not_come_from_the_request()
    {
        using var http = tokens.Server.Http(null);
        http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        http.DefaultRequestHeaders.Host = "localhost";

        (await http.PostAsync("/mcp", null)).Headers.WwwAuthenticate.ToString().ShouldContain(Metadata);
    }

    [Theory]
    [InlineData("wrong audience", HttpStatusCode.Unauthorized, "invalid_token")]
    [InlineData("expired", HttpStatusCode.Unauthorized, "invalid_token")]
    [InlineData("unknown tenant", HttpStatusCode.Unauthorized, "invalid_token")]
    [InlineData("no scope", HttpStatusCode.Forbidden, "insufficient_scope")]
    [InlineData("not a token", HttpStatusCode.Unauthorized, "invalid_token")]
    [InlineData("unknown key", HttpStatusCode.Unauthorized, "invalid_token")]
    public async Task Whoever_brings_what_is_not_good_is_told_what_and_where_to_ask(string how, HttpStatusCode status, string error)
    {
        var token = how switch
        {
            "not a token" => "a.b.c",
            "unknown key" => "ts_agent_wrong",
            "wrong audience" => tokens.Issuer.Token(claims => claims["aud"] = "https://other.example"),
            "expired" => tokens.Issuer.Token(claims => claims["exp"] = 1_000),
            "unknown tenant" => tokens.Issuer.Token(claims => claims["tenant"] = "nobody"),
            _ => tokens.Issuer.Token(claims => claims["scope"] = "openid"),
        };
        using var answer = await tokens.PingAsync(token);

        answer.StatusCode.ShouldBe(status);
        var challenge = answer.Headers.WwwAuthenticate.ToString();
        challenge.ShouldStartWith($"Bearer realm=\"touchstage\", error=\"{error}\", scope=\"touchstage:agent\", {Metadata}, error_description=\"");
        challenge.Count(c => c == '"').ShouldBe(10, "nothing within a quoted text ends it");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_operator_calls_a_claim_does_not_end_the_text_that_tells_of_it()
    {
        await using var issuer = FakeIssuer.Start();
        await using var server = await RunningServer.StartAsync(issuer: issuer, tokens: options => options.TenantClaim = "a\",scope=\"b\\");
        using var http = server.Http(issuer.Token());
        using var answer = await http.PostAsync("/mcp", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = answer.Headers.WwwAuthenticate.ToString();
        challenge.Count(c => c == '"').ShouldBe(10, challenge);
        challenge.ShouldNotContain("\\");
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_not_the_clients_fault()
    {
        await using var issuer = FakeIssuer.Start();
        await using var server = await RunningServer.StartAsync(issuer: issuer);
        issuer.Status = 500;
        using var http = server.Http(issuer.Token());
        using var answer = await http.PostAsync("/mcp", new StringContent("{}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        answer.Headers.WwwAuthenticate.ShouldBeEmpty("a client that is challenged would throw its token away");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("issuer_unavailable");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_in_the_address_is_not_taken_whatever_else_comes(bool alsoInTheHeader)
    {
        using var answer = await tokens.PingAsync(alsoInTheHeader ? tokens.Issuer.Token() : null, query: $"?access_token={tokens.Issuer.Token()}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_request\"");
    }

    [Fact]
    public async Task A_token_elsewhere_than_in_the_header_is_not_seen()
    {
        var token = tokens.Issuer.Token();
        using var http = tokens.Server.Http(null);
        http.DefaultRequestHeaders.Add("Cookie", $"access_token={token}");
        http.DefaultRequestHeaders.Add("X-Access-Token", token);
        using var form = new FormUrlEncodedContent([new("access_token", token)]);

        (await http.PostAsync($"/mcp?token={token}", form)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var twice = new HttpRequestMessage(HttpMethod.Post, "/mcp");
        twice.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {token}", $"Bearer {token}"]);
        (await http.SendAsync(twice)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
