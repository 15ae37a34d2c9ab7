using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Races;

public sealed class ManyAtOnceTests
{
    [Fact]
    public async Task ManyDecidersAndSweepsOnTwoServers_ExecuteOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: one.Folder);
        var agent = await one.AgentAsync();
        var id = await one.HeldRefundAsync(agent);
        var deciders = new List<string>();
        for (var n = 0; n < 8; n++)
        {
            deciders.Add(await one.ApproverAsync(subject: $"boss{n}@example.com"));
        }

        var deciding = deciders.Select(async (key, n) =>
        {
            var host = n % 2 == 0 ? one : two;
            var decided = await host.DecideAsync(key, id, VoteDecision.Approve);
            await host.DoDueWorkAsync();
            return decided.Refusal?.Code.Value;
        });
        var codes = await Task.WhenAll(deciding);
        await Task.WhenAll(one.DoDueWorkAsync(), two.DoDueWorkAsync(), one.DoDueWorkAsync(), two.DoDueWorkAsync());

        codes.Count(code => code is null).ShouldBe(1);
        codes.ShouldAllBe(code => code == null || code == "already_decided");
        upstream.Writes().ShouldBe(1);
        (await two.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task TheIdenticalCallInABurstOnTwoServers_IsSentOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: one.Folder);
        var agent = await one.AgentAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? one : two).InviteAsync(agent, "eve@acme.example")));

        upstream.Writes().ShouldBe(1);
        outcomes.Select(outcome => outcome.StepId).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        outcomes.ShouldAllBe(outcome => outcome.Status == ActionStatus.Completed || outcome.Code == "in_flight");
    }
}
