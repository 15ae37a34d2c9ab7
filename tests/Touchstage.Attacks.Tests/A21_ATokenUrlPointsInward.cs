using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A21_ATokenUrlPointsInward
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("fd00:ec2::254")]
    [InlineData("93.184.216.34,127.0.0.1")]
    public async Task APublicServerWhoseNameLeadsInward_IsNotAsked(string addresses)
    {
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => "t"));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests, replace: Hooks.Resolving(() => addresses.Split(',')));
        foreach (var where in (string[])[$"token_endpoint: \"https://login.example:{upstream.Port}/token\"", $"issuer: \"https://login.example:{upstream.Port}\""])
        {
            await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, network: public, {where}");

            await RefusedAsync(host, upstream, "may not connect to");
        }

        upstream.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://192.168.1.1/token")]
    [InlineData("http://[fe80::1]/token")]
    public async Task APrivateServer_IsOneThatTheOperatorOpened(string url)
    {
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => "t"));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests);
        await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, token_endpoint: \"{url}\"");

        await RefusedAsync(host, upstream, "may not connect to");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://100.100.100.200/latest/meta-data")]
    [InlineData("http://[fe80::1]/token")]
    public async Task AnOperatorWhoOpensEveryNetwork_DoesNotOpenTheMetadataOfTheCloud(string url)
    {
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => "t"));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests, configure: options =>
        {
            options.AllowedNetworks.Add("0.0.0.0/0");
            options.AllowedNetworks.Add("::/0");
        });
        await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, token_endpoint: \"{url}\"");

        await RefusedAsync(host, upstream, "may not connect to");
    }

    [Fact]
    public async Task MetadataThatNamesAnInwardEndpoint_DoesNotLeadThere()
    {
        await using var upstream = FakeUpstream.Start(exchange => exchange.ReplyAsync(
            200, "application/json", $$"""{"issuer":"http://{{exchange.Header("host")}}","token_endpoint":"http://169.254.169.254/latest/api/token"}"""));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests);
        await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, issuer: \"{upstream.BaseUrl}\"");

        await RefusedAsync(host, upstream, "may not connect to");
    }

    [Fact]
    public async Task ANameThatRebindsBetweenTwoRequests_IsCheckedAgain()
    {
        string[] addresses = ["127.0.0.1"];
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            await exchange.ReplyAsync(200, "application/json", exchange.Target == "/token" ? """{"access_token":"t","token_type":"Bearer","expires_in":1}""" : "{}");
            exchange.Close();
        });
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests, replace: Hooks.Resolving(() => addresses));
        await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, token_endpoint: \"http://login.example:{upstream.Port}/token\"");
        (await host.RefundAsync(await host.AgentAsync())).Status.ShouldBe(ActionStatus.Completed);
        var before = upstream.Exchanges.Count;

        addresses = ["169.254.169.254"];
        var outcome = await host.RefundAsync(await host.AgentAsync(), "p2");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"));
        outcome.Reason.ShouldNotBeNull().ShouldContain("may not connect to");
        upstream.Exchanges.Count.ShouldBe(before);
    }

    private static async Task RefusedAsync(TouchstageHost host, FakeUpstream upstream, string why)
    {
        var outcome = await host.RefundAsync(await host.AgentAsync());
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"), outcome.Reason);
        outcome.Reason.ShouldNotBeNull().ShouldContain(why);
        upstream.Exchanges.ShouldAllBe(exchange => exchange.Method == "GET");
    }
}
