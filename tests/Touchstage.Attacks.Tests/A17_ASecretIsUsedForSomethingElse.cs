using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Credentials;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A17_ASecretIsUsedForSomethingElse
{
    [Fact]
    public async Task AWebhooksSecretInAConnectionsPlace_OpensNothing()
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.HookAsync(upstream.BaseUrl, ("pager", $"url: \"{upstream.BaseUrl}/hooks\", network: private", Hooks.Key));
        await host.TamperAsync("UPDATE secrets SET Box = (SELECT Box FROM secrets WHERE Tenant = 'acme' AND Connection = 'webhook:pager') WHERE Tenant = 'acme' AND Connection = 'workspace'");

        var outcome = await host.InviteAsync(await host.AgentAsync(), "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "secret_unreadable"));
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("acme", "billing")]
    [InlineData("globex", "webhook:pager")]
    public async Task AConnectionsOrAnotherTenantsSecretInAWebhooksPlace_SignsNothing(string tenant, string name)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var hook = $"url: \"{upstream.BaseUrl}/hooks\", network: private";
        await host.HookAsync(upstream.BaseUrl, ("pager", hook, Hooks.Key));
        await host.ApplyAsync("globex", upstream.BaseUrl, $"webhooks:\n  pager: {{ {hook} }}");
        var secrets = host.Services.GetRequiredService<ISecretAdministration>();
        (await secrets.SetAsync(TouchstageHost.TenantOf("globex"), "webhook:pager", Hooks.Key, default)).Refusal.ShouldBeNull();
        (await secrets.SetAsync(TouchstageHost.TenantOf("acme"), "billing", Hooks.Key, default)).Refusal.ShouldBeNull();
        await host.TamperAsync($"UPDATE secrets SET Box = (SELECT Box FROM secrets WHERE Tenant = '{tenant}' AND Connection = '{name}') WHERE Tenant = 'acme' AND Connection = 'webhook:pager'");
        await host.HeldRefundAsync(await host.AgentAsync());

        await host.DeliverAsync();

        upstream.Exchanges.ShouldNotContain(exchange => exchange.Target == "/hooks");
        (await host.UndeliveredAsync()).Items.ShouldHaveSingleItem().LastError!.ShouldEndWith("(secret_unreadable)");
    }

    [Fact]
    public async Task AConnectionThatIsNamedLikeAWebhooksSecret_IsNotTaken()
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var more = $"  \"webhook:pager\": {{ baseUrl: \"{upstream.BaseUrl}\", network: private, auth: {{ type: bearer }} }}";
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => host.ApplyAsync("acme", upstream.BaseUrl, more));

        refused.Message.ShouldContain("is not a name for a connection");
    }
}
