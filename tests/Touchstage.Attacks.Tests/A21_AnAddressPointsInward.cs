using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Webhooks;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A21_AnAddressPointsInward
{
    private const string Refused = "The receiver's address is not open to it. A private network needs `network: private` and the operator's --allow-network.";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("93.184.216.34,127.0.0.1")]
    public async Task APublicWebhookWhoseNameLeadsInward_IsNotSent(string addresses)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: Hooks.Resolving(() => addresses.Split(',')));
        await host.HookAsync(upstream.BaseUrl, ("pager", $"url: \"https://receiver.example:{upstream.Port}/hooks\"", Hooks.Key));
        await host.HeldRefundAsync(await host.AgentAsync());
        var connections = upstream.Connections;

        await host.DeliverAsync();

        (await host.UndeliveredAsync()).Items.ShouldHaveSingleItem().LastError.ShouldBe(Refused);
        upstream.Connections.ShouldBe(connections);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:1/hooks")]
    [InlineData("http://192.168.1.1/hooks")]
    [InlineData("http://[fe80::1]/hooks")]
    public async Task APrivateWebhook_ReachesWhatTheOperatorOpened_AndNothingElse(string url)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.HookAsync(upstream.BaseUrl, ("pager", $"url: \"{url}\", network: private", Hooks.Key));
        await host.HeldRefundAsync(await host.AgentAsync());

        await host.DeliverAsync();

        (await host.UndeliveredAsync()).Items.ShouldHaveSingleItem().LastError.ShouldBe(Refused);
    }

    [Fact]
    public async Task ANameThatRebindsBetweenTwoDeliveries_IsCheckedAgain()
    {
        string[] addresses = ["127.0.0.1"];
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            await Scene.AnswerAsync(exchange);
            exchange.Close();
        });
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: Hooks.Resolving(() => addresses));
        await host.HookAsync(upstream.BaseUrl, ("pager", $"url: \"http://receiver.example:{upstream.Port}/hooks\", network: private", Hooks.Key));
        var agent = await host.AgentAsync();
        await host.HeldRefundAsync(agent);
        await host.DeliverAsync();
        upstream.Exchanges.Count(exchange => exchange.Target == "/hooks").ShouldBe(1);

        addresses = ["169.254.169.254"];
        await host.HeldRefundAsync(agent, payment: "pay_2");
        await host.DeliverAsync();

        (await host.UndeliveredAsync()).Items.ShouldHaveSingleItem().LastError.ShouldBe(Refused);
        upstream.Exchanges.Count(exchange => exchange.Target == "/hooks").ShouldBe(1);
    }

    [Fact]
    public async Task AReceiverThatRedirectsInward_IsNotFollowed()
    {
        await using var upstream = FakeUpstream.Start(exchange => exchange.Target == "/hooks"
            ? exchange.ReplyAsync(307, "text/plain", "", "Location: /inward")
            : Scene.AnswerAsync(exchange));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.HookAsync(upstream.BaseUrl, ("pager", $"url: \"{upstream.BaseUrl}/hooks\", network: private", Hooks.Key));
        await host.HeldRefundAsync(await host.AgentAsync());

        await host.DeliverAsync();

        upstream.Exchanges.ShouldNotContain(exchange => exchange.Target == "/inward");
        (await host.UndeliveredAsync()).Items.ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Pending);
    }
}
