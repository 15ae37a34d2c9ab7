using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Mcp.Introspection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Introspection;

public sealed class IntrospectionEndpointTests
{
    private const string Nothing = """{"active":false}""";

    [Theory]
    [InlineData("basic")]
    [InlineData("post")]
    public async Task Post_TokenOfAStepInFlight_IsActiveUntilItHasSettled(string method)
    {
        await using var upstream = new HoldingUpstream();
        await using var server = await RunningServer.StartAsync(upstream.Upstream);
        var client = await ClientAsync(server);
        using var http = server.Http(null);
        var call = server.Host.CallAsync(await server.Host.AgentAsync(), "invite_member", new { email = "eve@acme.example", role = "viewer" });
        var token = (await upstream.ArrivedAsync()).Header("Txn-Token")!;

        using (var answer = await AskAsync(http, client, token, method, ("token_type_hint", "nonsense")))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
            body.GetProperty("active").GetBoolean().ShouldBeTrue();
            body.GetProperty("tctx").GetProperty("tenant").GetString().ShouldBe("acme");
            body.GetProperty("tctx").GetProperty("connection").GetString().ShouldBe("workspace");
            body.GetProperty("scope").GetString().ShouldBe("invite_member");
        }

        upstream.Release();
        (await call).Status.ShouldBe(ActionStatus.Completed);
        using var after = await AskAsync(http, client, token, method);
        (after.StatusCode, await after.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, Nothing));
    }

    [Theory]
    [InlineData("globex", "workspace")]
    [InlineData("acme", "billing")]
    public async Task Post_ByAnotherTenantsOrConnectionsClient_IsInactive(string tenant, string connection)
    {
        await using var upstream = new HoldingUpstream();
        await using var server = await RunningServer.StartAsync(upstream.Upstream);
        var client = await ClientAsync(server, tenant, connection);
        using var http = server.Http(null);
        var call = server.Host.CallAsync(await server.Host.AgentAsync(), "invite_member", new { email = "eve@acme.example", role = "viewer" });
        var token = (await upstream.ArrivedAsync()).Header("Txn-Token")!;

        using var answer = await AskAsync(http, client, token);

        (answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, Nothing));
        upstream.Release();
        await call;
    }

    [Theory]
    [InlineData("none")]
    [InlineData("wrong secret")]
    [InlineData("unknown client")]
    [InlineData("wrong secret in the form")]
    [InlineData("bearer")]
    [InlineData("no base64")]
    [InlineData("no colon")]
    [InlineData("no UTF-8")]
    [InlineData("two headers")]
    [InlineData("id alone in the form")]
    public async Task Post_WithoutAGoodClient_Is401WithAChallengeAndAlwaysTheSame(string what)
    {
        await using var server = await RunningServer.StartAsync();
        var client = await ClientAsync(server);
        var (id, secret) = (client.Client.Id, client.Secret.Reveal());
        using var http = server.Http(null);
        using var request = Form(("token", "x"));
        switch (what)
        {
            case "none":
                break;
            case "wrong secret in the form":
                request.Content = new FormUrlEncodedContent([new("token", "x"), new("client_id", id), new("client_secret", secret + "x")]);
                break;
            case "id alone in the form":
                request.Content = new FormUrlEncodedContent([new("token", "x"), new("client_id", id)]);
                break;
            case "two headers":
                request.Headers.TryAddWithoutValidation("Authorization", [Basic(id, secret), Basic(id, secret)]).ShouldBeTrue();
                break;
            default:
                request.Headers.TryAddWithoutValidation("Authorization", what switch
                {
                    "wrong secret" => Basic(id, secret + "x"),
                    "unknown client" => Basic("icl_none", secret),
                    "bearer" => $"Bearer {secret}",
                    "no base64" => "Basic %%%",
                    "no colon" => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(id))}",
                    _ => $"Basic {Convert.ToBase64String([0xff, (byte)':', 0xff])}",
                }).ShouldBeTrue();
                break;
        }

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"touchstage\", charset=\"UTF-8\"");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await answer.Content.ReadAsStringAsync();
        JsonElement.Parse(body).GetProperty("error").GetString().ShouldBe("invalid_client");
        body.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("no token", HttpStatusCode.BadRequest)]
    [InlineData("empty token", HttpStatusCode.BadRequest)]
    [InlineData("two tokens", HttpStatusCode.BadRequest)]
    [InlineData("token in the query", HttpStatusCode.BadRequest)]
    [InlineData("both ways", HttpStatusCode.BadRequest)]
    [InlineData("many parameters", HttpStatusCode.BadRequest)]
    [InlineData("JSON", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("no type", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("too large", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("too large in chunks", HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_WhatIsNoIntrospection_IsRefused(string what, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        var client = await ClientAsync(server);
        var (id, secret) = (client.Client.Id, client.Secret.Reveal());
        using var http = server.Http(null);
        using var request = Form();
        request.RequestUri = new(what == "token in the query" ? "/introspect?token=x" : "/introspect", UriKind.Relative);
        request.Headers.TryAddWithoutValidation("Authorization", Basic(id, secret)).ShouldBeTrue();
        request.Headers.TransferEncodingChunked = what == "too large in chunks" ? true : null;
        request.Content = what switch
        {
            "empty token" => new FormUrlEncodedContent([new("token", "")]),
            "two tokens" => new FormUrlEncodedContent([new("token", "x"), new("token", "y")]),
            "both ways" => new FormUrlEncodedContent([new("token", "x"), new("client_id", id), new("client_secret", secret)]),
            "many parameters" => new FormUrlEncodedContent(Enumerable.Range(0, 1_000).Select(n => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"p{n}"), "x"))),
            "JSON" => new StringContent("""{"token":"x"}""", Encoding.UTF8, "application/json"),
            "multipart" => new MultipartFormDataContent { { new StringContent("x"), "token" } },
            "no type" => new ByteArrayContent("token=x"u8.ToArray()),
            "too large" or "too large in chunks" => new FormUrlEncodedContent([new("token", new string('x', 32 * 1024))]),
            _ => new FormUrlEncodedContent([new("token_type_hint", "x")]),
        };

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error").GetString().ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task AnyOtherMethod_Is405(string method)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(null);
        using var request = new HttpRequestMessage(new(method), "/introspect?token=x");

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task Post_OfAForeignPage_IsRefused(string header, string value, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(null);
        using var request = Form(("token", "x"));
        request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Post_ManyWrongSecrets_Are429UntilTheMinuteIsOver_AndTheRightOneIsStillTaken()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await ClientAsync(server);
        using var http = server.Http(null);
        server.Host.Time.Advance(TimeSpan.FromSeconds(15));
        for (var wrong = 0; wrong < WrongSecrets.MostAMinute; wrong++)
        {
            (await StatusAsync("wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        using (var answer = await AskAsync(http, client.Client.Id, "wrong", "x"))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(45));
        }

        (await StatusAsync(client.Secret.Reveal())).ShouldBe(HttpStatusCode.OK);
        server.Host.Time.Advance(TimeSpan.FromSeconds(45));
        (await StatusAsync("wrong")).ShouldBe(HttpStatusCode.Unauthorized);

        async Task<HttpStatusCode> StatusAsync(string secret)
        {
            using var answer = await AskAsync(http, client.Client.Id, secret, "x");
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Post_StoreDoesNotAnswer_Is503AndNeverActive()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await ClientAsync(server);
        using var http = server.Http(null);
        await using (var store = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={server.Host.StorePath};Pooling=False"))
        {
            await store.OpenAsync();
            await using var drop = store.CreateCommand();
            drop.CommandText = "DROP TABLE introspection_clients";
            await drop.ExecuteNonQueryAsync();
        }

        using var answer = await AskAsync(http, client, "x");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("active");
    }

    [Fact]
    public void ARequest_PrintsNothing() => new IntrospectionRequest("icl_1", "ics_1", "token").ToString().ShouldBe("***");

    private static async Task<NewIntrospectionClient> ClientAsync(RunningServer server, string tenant = "acme", string connection = "workspace") =>
        (await server.Services.GetRequiredService<IIntrospectionClients>().CreateAsync(TouchstageHost.TenantOf(tenant), connection, default)).TryGet(out var client, out var refusal)
            ? client
            : throw new InvalidOperationException(refusal.ToString());

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, string id, string secret, string token)
    {
        var request = Form(("token", token));
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(Basic(id, secret));
        return http.SendAsync(request);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, NewIntrospectionClient client, string token, string method = "basic", params (string Name, string Value)[] more)
    {
        var (id, secret) = (client.Client.Id, client.Secret.Reveal());
        var request = Form([("token", token), .. more, .. method == "post" ? [("client_id", id), ("client_secret", secret)] : Array.Empty<(string, string)>()]);
        request.Headers.Authorization = method == "basic" ? AuthenticationHeaderValue.Parse(Basic(id, secret)) : null;
        return http.SendAsync(request);
    }

    private static HttpRequestMessage Form(params (string Name, string Value)[] parameters) =>
        new(HttpMethod.Post, "/introspect") { Content = new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))) };

    private static string Basic(string id, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}";
}
