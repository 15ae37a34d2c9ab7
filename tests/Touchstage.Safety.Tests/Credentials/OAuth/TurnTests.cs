using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Steps;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>Two servers' worth of library on one store, one turn to ask.</summary>
public sealed class TurnTests
{
    [Fact]
    public async Task ManyCallsOfTwoServers_AskOnce_AndAllComplete()
    {
        var given = 0;
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => $"t{Interlocked.Increment(ref given)}"));
        await using var first = await OpenAsync(upstream);
        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests, first.Folder);
        var agent = await first.AgentAsync();

        var calls = Enumerable.Range(0, 30).Select(number => Task.Run(() => (number % 2 == 0 ? first : second).RefundAsync(agent, $"p{number}"))).ToArray();
        var all = Task.WhenAll(calls);
        var store = first.Services.GetRequiredService<IAccessTokenStore>();
        while (await store.FindAsync(TouchstageHost.TenantOf("acme"), "billing", default) is not { AccessBox: not null } && !all.IsCompleted)
        {
            await Task.Yield();
        }

        await Task.WhenAll(first.PassAsync(AccessTokens.Patience, () => all.IsCompleted), second.PassAsync(AccessTokens.Patience, () => all.IsCompleted));

        (await all).ShouldAllBe(outcome => outcome.Status == ActionStatus.Completed);
        given.ShouldBe(1);
        upstream.Exchanges.Where(exchange => exchange.Target != "/token").Select(exchange => exchange.Header("authorization")).ShouldAllBe(bearer => bearer == "Bearer t1");
    }

    [Fact]
    public async Task TheTurnOfADeadServer_IsWaitedFor_AndThenTakenOver()
    {
        TouchstageHost? opened = null;
        var taken = DateTimeOffset.MinValue;
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ =>
        {
            taken = opened!.Time.GetUtcNow();
            return "t";
        }));
        await using var host = opened = await OpenAsync(upstream);
        var store = host.Services.GetRequiredService<IAccessTokenStore>();
        (await store.ClaimAsync(TouchstageHost.TenantOf("acme"), "billing", 0, "trn_dead", AccessTokens.Turn, default)).ShouldBe(AccessClaim.Claimed);
        var agent = await host.AgentAsync();

        var (died, waiting) = (host.Time.GetUtcNow(), Task.Run(() => host.RefundAsync(agent)));
        await host.PassAsync(IConnectionAccess.Longest * 2, () => waiting.IsCompleted || upstream.Connections > 0);

        var outcome = await waiting;
        outcome.Status.ShouldBe(ActionStatus.Completed, outcome.Reason);
        (taken - died).ShouldBeGreaterThanOrEqualTo(AccessTokens.Turn);
        upstream.Exchanges.Count(exchange => exchange.Target == "/token").ShouldBe(1);
        (await store.KeepAsync(TouchstageHost.TenantOf("acme"), "billing", "trn_dead", new("", ReadOnlyMemory<byte>.Empty, default, null))).ShouldBe(AccessWrite.Lost);
    }

    private static async Task<TouchstageHost> OpenAsync(FakeUpstream upstream)
    {
        var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests);
        await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, token_endpoint: \"{upstream.BaseUrl}/token\"");
        return host;
    }
}
