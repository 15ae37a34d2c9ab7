using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
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

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.7.7")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:4136:e378::1")]
    [InlineData("93.184.216.34,169.254.169.254")]
    public async Task APublicConnectionWhoseNameLeadsInward_IsNotReached(string addresses)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Reach.Manifest(), replace: Hooks.Resolving(() => addresses.Split(',')));
        await host.ConnectAsync($"baseUrl: \"https://api.example:{upstream.Port}\", auth: {{ type: bearer }}");

        await IsUnreachableAsync(host, upstream);
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://2130706433")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://127.1")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://[::1]")]
    [InlineData("https://[::ffff:127.0.0.1]")]
    [InlineData("https://[64:ff9b::7f00:1]")]
    public async Task AnAddressInAnySpelling_IsRefusedWhenItIsGiven_OrNotReached(string baseUrl)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Reach.Manifest());
        try
        {
            await host.ConnectAsync($"baseUrl: \"{baseUrl}:{upstream.Port}\", auth: {{ type: bearer }}");
        }
        catch (ShouldAssertException)
        {
            upstream.Connections.ShouldBe(0);
            return;
        }

        await IsUnreachableAsync(host, upstream);
    }

    [Fact]
    public async Task AConnectionThatRebindsBetweenTwoCalls_IsCheckedAgain()
    {
        string[] addresses = ["127.0.0.1"];
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            await exchange.ReplyAsync(200, "application/json", "{}");
            exchange.Close();
        });
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Reach.Manifest(), replace: Hooks.Resolving(() => addresses));
        await host.ConnectAsync($"baseUrl: \"http://api.example:{upstream.Port}\", network: private, auth: {{ type: bearer }}");
        var agent = await host.AgentAsync();
        (await host.CallAsync(agent, "say", new { text = "one" })).Status.ShouldBe(ActionStatus.Completed);

        addresses = ["127.0.0.2"];

        var outcome = await host.CallAsync(agent, "say", new { text = "two" });
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "upstream_unreachable"));
        upstream.Exchanges.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("https://login.example/token", "127.0.0.1")]
    [InlineData("https://login.example/token", "169.254.169.254")]
    [InlineData("https://login.example/token", "93.184.216.34,::ffff:169.254.169.254")]
    public async Task ATokenUrlThatLeadsInward_IsNotAsked_AndNothingIsSent(string endpoint, string addresses)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Reach.Manifest(), replace: Hooks.Resolving(() => addresses.Split(',')));
        var url = new UriBuilder(endpoint) { Port = upstream.Port }.Uri.AbsoluteUri;
        await host.ConnectAsync($"baseUrl: \"https://api.example:{upstream.Port}\", auth: {{ type: oauth2_client_credentials, token_endpoint: \"{url}\", client_id: touchstage }}");

        var outcome = await host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"));
        outcome.Reason!.ShouldContain("may not connect to");
        upstream.Connections.ShouldBe(0);
    }

    private static async Task IsUnreachableAsync(TouchstageHost host, FakeUpstream upstream)
    {
        var outcome = await host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "upstream_unreachable"));
        outcome.Reason!.ShouldContain("may not connect to");
        upstream.Connections.ShouldBe(0);
    }
}
