using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

/// <summary>Every way to authenticate, against an API and an authorization server that say back whatever they were told.</summary>
public sealed class A24_ACredentialOfAnyKindShowsUp
{
    private const string Secret = "canary-secret-of-the-connection-51c0";

    private const string Echo = """
        capability: echo
        title: Say it back
        description: Have the API say back what it was told.
        connection: billing
        effects: additive
        input: { type: object, required: [id], properties: { id: { type: string } } }
        output: { type: object, properties: { said: { type: string }, target: { type: string } } }
        request: { method: POST, path: "/v1/echo/{id}" }
        policy: [{ allow: args.id != "" }]
        """;

    private readonly ConcurrentBag<string> canaries = [Secret];
    private bool isBroken;

    [Theory]
    [InlineData("type: step_token")]
    [InlineData("type: bearer")]
    [InlineData("type: api_key, header: X-Acme-Key")]
    [InlineData("type: api_key, query: acme_key")]
    [InlineData("type: basic, username: touchstage")]
    [InlineData("type: oauth2_client_credentials, token_endpoint_auth_method: client_secret_basic")]
    [InlineData("type: oauth2_client_credentials, token_endpoint_auth_method: client_secret_post")]
    [InlineData("type: oauth2_client_credentials, token_endpoint_auth_method: private_key_jwt")]
    [InlineData("type: oauth2_authorization_code, token_endpoint_auth_method: client_secret_post")]
    [InlineData("type: oauth2_token_exchange, token_endpoint_auth_method: client_secret_basic")]
    public async Task ItReachesItsServer_AndNothingElse(string auth)
    {
        using var heard = new Heard();
        await using var upstream = FakeUpstream.Start(AnswerAsync);
        await using var host = await StartAsync(upstream.BaseUrl, heard, _ => { });
        await ApplyAsync(host, upstream.BaseUrl, auth);
        if (!auth.Contains("step_token", StringComparison.Ordinal))
        {
            await SetAsync(host, auth.Contains("private_key_jwt", StringComparison.Ordinal) ? Key() : Secret);
        }

        if (auth.Contains("authorization_code", StringComparison.Ordinal))
        {
            await AuthorizeAsync(host);
        }

        await PlayAsync(host, heard);
        upstream.Exchanges.Count(e => e.Target.StartsWith("/v1/echo", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2);
        canaries.Count.ShouldBeGreaterThan(1);
        foreach (var canary in canaries)
        {
            heard.Find(canary).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task AClientCertificatesKey_IsHeardNowhere()
    {
        using var authority = TestAuthority.Create();
        using var heard = new Heard();
        using var shown = authority.ForServer();
        await using var upstream = await TlsUpstream.StartAsync(shown, authority.Certificate, context => context.Response.WriteAsJsonAsync(new { said = context.Request.Headers["Txn-Token"].ToString(), target = "" }));
        AllowedNetwork.TryParse("127.0.0.1/32", out var loopback, out _).ShouldBeTrue();
        await using var host = await StartAsync(
            upstream.BaseUrl, heard, services => services.Replace(ServiceDescriptor.Singleton(new EgressOptions { AllowedNetworks = [loopback!], Authorities = [authority.Certificate] })));
        await ApplyAsync(host, upstream.BaseUrl, "type: mutual_tls");
        using var client = authority.ForClient("acme");
        using var key = client.GetECDsaPrivateKey()!;
        var pem = key.ExportPkcs8PrivateKeyPem();
        foreach (var line in pem.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)))
        {
            canaries.Add(line);
        }

        await SetAsync(host, client.ExportCertificatePem() + "\n" + pem);
        await PlayAsync(host, heard);
        upstream.Asked.ShouldNotBeEmpty();
        foreach (var canary in canaries)
        {
            heard.Find(canary).ShouldBeEmpty();
        }
    }

    // What both servers were told is canaries from then on.
    private Task AnswerAsync(FakeExchange exchange)
    {
        foreach (var secret in Secrets(exchange))
        {
            canaries.Add(secret);
        }

        // The credential by itself: beside a step token it would be masked for the token's sake.
        var said = JsonSerializer.Serialize(new { said = exchange.Header("Authorization") ?? exchange.Header("X-Acme-Key") ?? "", target = exchange.Target, error = "invalid_client", error_description = exchange.Head + Encoding.ASCII.GetString(exchange.Body) });
        if (exchange.Target == "/token" && !isBroken)
        {
            var (access, refresh) = ($"canary-access-{RandomNumberGenerator.GetHexString(16)}", $"canary-refresh-{RandomNumberGenerator.GetHexString(16)}");
            canaries.Add(access);
            canaries.Add(refresh);
            return exchange.ReplyAsync(200, "application/json", JsonSerializer.Serialize(new { access_token = access, refresh_token = refresh, token_type = "Bearer", expires_in = 60 }));
        }

        return exchange.ReplyAsync(isBroken ? 400 : 200, "application/json", said, $"X-Echo: {exchange.Header("Authorization")}");
    }

    private static IEnumerable<string> Secrets(FakeExchange exchange)
    {
        var authorization = exchange.Header("Authorization");
        var form = exchange.Target == "/token" ? HttpUtility.ParseQueryString(Encoding.ASCII.GetString(exchange.Body)) : [];
        string?[] all =
        [
            authorization?.Split(' ')[1], exchange.Header("Txn-Token"), exchange.Header("Txn-Token")?.Split('.')[2], form["client_assertion"], form["subject_token"], form["refresh_token"], form["code"], form["code_verifier"],
        ];
        return all.OfType<string>().Where(text => text.Length > 8);
    }

    private async Task PlayAsync(TouchstageHost host, Heard heard)
    {
        var agent = await host.AgentAsync();
        canaries.Add(agent);
        var done = await CallAsync(host, heard, agent, "one");
        done.Status.ShouldBe(ActionStatus.Completed, done.Reason);
        (await CallAsync(host, heard, agent, "two")).Status.ShouldBe(ActionStatus.Completed);
        isBroken = true;
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await CallAsync(host, heard, agent, "three");
        await heard.TakeStoreAsync(host);
        heard.Find("one").ShouldNotBeEmpty();
        heard.Places.ShouldContain("store");
    }

    private static async Task<ActionOutcome> CallAsync(TouchstageHost host, Heard heard, string agent, string id)
    {
        var outcome = await host.CallAsync(agent, "echo", new { id });
        heard.Say("outcome", JsonSerializer.Serialize(outcome));
        return outcome;
    }

    private static Task<TouchstageHost> StartAsync(string upstream, Heard heard, Action<IServiceCollection> more) => TouchstageHost.StartAsync(
        upstream,
        new Dictionary<string, string> { ["echo.yaml"] = Echo },
        replace: services =>
        {
            services.AddSingleton<ILoggerProvider>(heard).Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace);
            more(services);
        });

    private static async Task ApplyAsync(TouchstageHost host, string upstream, string auth)
    {
        var isOAuth = auth.Contains("oauth2", StringComparison.Ordinal);
        var server = isOAuth ? $", client_id: the-client, token_endpoint: {upstream}/token{(auth.Contains("authorization_code", StringComparison.Ordinal) ? $", authorization_endpoint: {upstream}/authorize" : "")}" : "";
        var report = await host.Services.GetRequiredService<ITenantAdministration>().ApplyAsync("acme.yaml", $$"""
            tenant: acme
            name: Acme
            capabilities: [echo]
            connections:
              billing: { baseUrl: "{{upstream}}", audience: api.example, network: private, auth: { {{auth}}{{server}} } }
            """, default);
        report.Problems.ShouldBeEmpty();
    }

    private static async Task SetAsync(TouchstageHost host, string secret) =>
        (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("acme"), "billing", secret, default)).Refusal.ShouldBeNull();

    private static async Task AuthorizeAsync(TouchstageHost host)
    {
        var authorization = host.Services.GetRequiredService<IConnectionAuthorization>();
        (await authorization.BeginAsync(TouchstageHost.TenantOf("acme"), "billing", new("http://127.0.0.1:7777/callback"), default)).TryGet(out var begun, out var no).ShouldBeTrue(no?.ToString());
        var state = HttpUtility.ParseQueryString(begun!.Address.Query)["state"];
        (await authorization.CompleteAsync(begun, $"?code=canary-code-0123456789&state={state}", default)).Refusal.ShouldBeNull();
    }

    private string Key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();
        canaries.Add(pem.Split('\n')[1]);
        return pem;
    }
}
