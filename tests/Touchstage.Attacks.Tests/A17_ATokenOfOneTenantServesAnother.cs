using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A17_ATokenOfOneTenantServesAnother
{
    [Fact]
    public async Task AnAccessTokenThatIsCopiedToAnotherTenant_OpensNothing()
    {
        var given = 0;
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => $"token-{Interlocked.Increment(ref given)}"));
        await using var host = await OpenAsync(upstream);
        var (acme, globex) = (await host.AgentAsync(), await host.AgentAsync("globex"));
        (await host.RefundAsync(acme)).Status.ShouldBe(ActionStatus.Completed);
        (await host.RefundAsync(globex)).Status.ShouldBe(ActionStatus.Completed);
        var sent = upstream.Exchanges.Count(exchange => exchange.Target != "/token");
        await host.TamperAsync("UPDATE access_tokens SET AccessBox = (SELECT AccessBox FROM access_tokens WHERE Tenant = 'acme') WHERE Tenant = 'globex'");

        var outcome = await host.RefundAsync(globex, "p2");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"));
        upstream.Exchanges.Count(exchange => exchange.Target != "/token").ShouldBe(sent);
    }

    [Fact]
    public async Task TwoTenantsOfOneClient_NeverShareAToken()
    {
        var given = 0;
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => $"token-{Interlocked.Increment(ref given)}"));
        await using var host = await OpenAsync(upstream);
        var (acme, globex) = (await host.AgentAsync(), await host.AgentAsync("globex"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => host.RefundAsync(number % 2 == 0 ? acme : globex, number % 2 == 0 ? $"acme{number}" : $"globex{number}")));

        outcomes.ShouldAllBe(outcome => outcome.Status == ActionStatus.Completed);
        var bearers = upstream.Exchanges.Where(exchange => exchange.Target != "/token").ToLookup(exchange => exchange.Target.Contains("acme", StringComparison.Ordinal), exchange => exchange.Header("authorization"));
        bearers.Count.ShouldBe(2);
        bearers.ShouldAllBe(tenant => tenant.Distinct().Count() == 1);
        bearers.SelectMany(tenant => tenant).Distinct().Count().ShouldBe(2);
    }

    private static async Task<TouchstageHost> OpenAsync(FakeUpstream upstream)
    {
        var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests);
        foreach (var tenant in (string[])["acme", "globex"])
        {
            await host.ConnectAsync(tenant, upstream.BaseUrl, $"type: oauth2_client_credentials, token_endpoint: \"{upstream.BaseUrl}/token\"");
        }

        return host;
    }
}
