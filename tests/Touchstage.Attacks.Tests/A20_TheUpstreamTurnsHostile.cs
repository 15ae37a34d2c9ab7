using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A20_TheUpstreamTurnsHostile
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARedirect_IsNotFollowed_AndCarriesNoCredentialAway(bool isNear)
    {
        await using var thief = SampleUpstream.Start();
        await using var upstream = FakeUpstream.Start(exchange => exchange.Target is "/v1/invites"
            ? exchange.ReplyAsync(307, "text/plain", "", $"Location: {(isNear ? "/v1/elsewhere" : thief.BaseUrl + "/v1/invites")}")
            : Scene.AnswerAsync(exchange));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.InviteAsync(await host.AgentAsync(), "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Unknown, "upstream_unclear"));
        upstream.Exchanges.Count.ShouldBe(1);
        thief.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("<html>welcome</html>", "text/html", "upstream_not_json")]
    [InlineData("""{"id":5}""", "application/json", "result_withheld")]
    [InlineData("""{"id":"inv_1"}""", "application/json", null)]
    public async Task AnAnswerThatDoesNotFit_IsDoneAndWithheld(string body, string type, string? code)
    {
        await using var upstream = FakeUpstream.Answering(200, type, body);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.InviteAsync(await host.AgentAsync(), "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Completed, code));
        outcome.Result.HasValue.ShouldBe(code is null);
    }
}
