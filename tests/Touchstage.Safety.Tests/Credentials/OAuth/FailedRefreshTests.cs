using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Tests.Storage;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>A step that gets no access token did nothing: it costs nothing, and stands in the ledger as failed.</summary>
public sealed class FailedRefreshTests
{
    private static readonly Dictionary<string, string> OncePerHour = new(StringComparer.Ordinal)
    {
        ["refund.yaml"] = OAuthScene.Manifests["refund.yaml"].Replace(
            "policy: [{ allow: args.id != \"never\" }]", "policy: [{ allow: args.id != \"never\", limits: [{ count: 1, per: 1h, by: [caller] }] }]", StringComparison.Ordinal),
    };

    [Theory]
    [InlineData("oauth2_client_credentials", 503, "{}", "access_token_unavailable")]
    [InlineData("oauth2_client_credentials", 400, """{"error":"invalid_client"}""", "access_token_unavailable")]
    [InlineData("oauth2_client_credentials", 200, "rubbish", "access_token_unavailable")]
    [InlineData("oauth2_authorization_code", 200, "{}", "connection_not_authorized")]
    public async Task TheLimitIsGivenBack_AndTheLedgerSaysFailed(string auth, int status, string body, string code)
    {
        var isMended = false;
        await using var upstream = FakeUpstream.Start(exchange => exchange.Target == "/token" && !isMended
            ? exchange.ReplyAsync(status, "application/json", body)
            : OAuthScene.Giving(_ => "t")(exchange));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OncePerHour);
        await ConnectAsync(host, upstream, auth);
        var agent = await host.AgentAsync();

        var outcome = await host.RefundAsync(agent);

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, code), outcome.Reason);
        upstream.Exchanges.ShouldAllBe(exchange => exchange.Target == "/token");
        (await host.NumberAsync("SELECT count(*) FROM limit_uses")).ShouldBe(1);
        (await host.NumberAsync("SELECT count(*) FROM limit_uses WHERE IsReleased = 0")).ShouldBe(0);
        var settled = (await EntriesAsync(host)).Single(entry => entry.GetProperty("kind").GetString() == "step.settled").GetProperty("body");
        (settled.GetProperty("status").GetString(), settled.GetProperty("code").GetString(), settled.GetProperty("surely_not_reached").GetBoolean()).ShouldBe(("failed", code, true));

        // The one that there is per hour is still there, and is then used up.
        isMended = true;
        await ConnectAsync(host, upstream, "oauth2_client_credentials");
        (await host.RefundAsync(agent, "p2")).Status.ShouldBe(ActionStatus.Completed);
        (await host.RefundAsync(agent, "p3")).Status.ShouldNotBe(ActionStatus.Completed);
        (await host.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task AnAuthorizationServerThatIsSilent_IsGivenUpAfterFiveSeconds(string where)
    {
        await using var scene = await HoldingScene.OpenAsync(where);

        var call = await scene.AskedAsync();
        scene.Host.Time.Advance(TimeSpan.FromSeconds(5));

        var outcome = await call.WaitAsync(TimeSpan.FromSeconds(60));
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"));
        outcome.Reason.ShouldNotBeNull().ShouldContain("did not answer in time");
        (await scene.Host.NumberAsync("SELECT count(*) FROM limit_uses WHERE IsReleased = 0")).ShouldBe(0);
        scene.Upstream.Exchanges.ShouldNotContain(exchange => exchange.Target.StartsWith("/v1/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task OneThatAnswersJustInTime_IsHeard(string where)
    {
        await using var scene = await HoldingScene.OpenAsync(where);

        var call = await scene.AskedAsync();
        scene.Host.Time.Advance(TimeSpan.FromSeconds(4.9));
        scene.Release();

        (await call).Status.ShouldBe(ActionStatus.Completed);
    }

    private static Task ConnectAsync(TouchstageHost host, FakeUpstream upstream, string type) => host.ConnectAsync(
        "acme",
        upstream.BaseUrl,
        $"type: {type}, token_endpoint: \"{upstream.BaseUrl}/token\""
        + (type.Contains("code", StringComparison.Ordinal) ? $", authorization_endpoint: \"{upstream.BaseUrl}/authorize\"" : ""));

    private static async Task<IEnumerable<JsonElement>> EntriesAsync(TouchstageHost host)
    {
        using var lines = new MemoryStream();
        await host.Services.GetRequiredService<ILedger>().ExportAsync(TouchstageHost.TenantOf("acme"), lines, default);
        return [.. Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    /// <summary>An authorization server that says nothing on one of its paths until it is told to.</summary>
    private sealed class HoldingScene : IAsyncDisposable
    {
        private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FakeUpstream Upstream { get; private set; } = null!;

        public TouchstageHost Host { get; private set; } = null!;

        public static async Task<HoldingScene> OpenAsync(string where)
        {
            var scene = new HoldingScene();
            scene.Upstream = FakeUpstream.Start(exchange => scene.AnswerAsync(exchange, where));
            scene.Host = await TouchstageHost.StartAsync(scene.Upstream.BaseUrl, OncePerHour);
            await scene.Host.ConnectAsync("acme", scene.Upstream.BaseUrl, $"type: oauth2_client_credentials, issuer: \"{scene.Upstream.BaseUrl}\"");
            return scene;
        }

        /// <summary>A call, once the authorization server was asked for it.</summary>
        public async Task<Task<ActionOutcome>> AskedAsync()
        {
            var agent = await Host.AgentAsync();
            var call = Task.Run(() => Host.RefundAsync(agent));
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return call;
        }

        public void Release() => released.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            Release();
            await Host.DisposeAsync();
            await Upstream.DisposeAsync();
        }

        private async Task AnswerAsync(FakeExchange exchange, string where)
        {
            if (exchange.Target == where)
            {
                arrived.TrySetResult();
                await released.Task.WaitAsync(exchange.Stopped);
            }

            var here = "http://" + exchange.Header("host");
            await (exchange.Method == "GET"
                ? exchange.ReplyAsync(200, "application/json", $$"""{"issuer":"{{here}}","token_endpoint":"{{here}}/token"}""")
                : OAuthScene.Giving(_ => "t")(exchange));
        }
    }
}
