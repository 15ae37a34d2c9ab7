using System.Text;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A04_TheOriginalIsProposedAfterAModification
{
    [Fact]
    public async Task InWhateverWordsAndSession_ItIsRefused_AndTheAgentIsToldWhatRan()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent, """{"to":"ann","amount":120}""");
        (await host.ModifyAsync(await host.ApproverAsync(), id, """{"amount":20}""")).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        host.Time.Advance(TimeSpan.FromMinutes(2));

        foreach (var again in new[]
        {
            await host.CallAsync(agent, "pay", """{"to":"ann","amount":120}"""),
            await host.CallAsync(agent, "pay", """{ "amount" : 1.2e2, "to":"\u0061nn" }"""),
            await host.CallAsync(agent, "pay", """{"to":"ann","amount":120.00,"_reasoning":"the person meant 120"}"""),
            await host.CallAsync(agent, "pay", """{"to":"ann","amount":120}""", new Narrative("Pay it all.", "again")),
            await host.CallAsync(await host.AgentAsync(), "pay", """{"to":"ann","amount":120}"""),
        })
        {
            (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "modified_instead"));
            again.Reason!.ShouldContain(id);
        }

        var told = await host.ApprovalAsync(agent, id);
        told.Modification!.Current.GetProperty("amount").GetInt32().ShouldBe(20);
        told.Outcome.ShouldNotBeNull();
        upstream.Writes().ShouldBe(1);
    }

    [Fact]
    public async Task InABurstWhileTheChangedOneRunsOnTwoServers_OnlyTheChangedOneIsSent()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(), one.Folder);
        var (agent, approver) = (await one.AgentAsync(), await one.ApproverAsync());
        var id = await one.HeldAsync(agent);

        var changing = one.ModifyAsync(approver, id, """{"amount":20}""");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(async n =>
        {
            var host = n % 2 == 0 ? one : two;
            var outcome = await host.CallAsync(agent, "pay", PayManifest.Arguments);
            await host.DoDueWorkAsync();
            return outcome;
        }));
        (await changing).Refusal.ShouldBeNull();
        await Task.WhenAll(one.DoDueWorkAsync(), two.DoDueWorkAsync());

        outcomes.ShouldAllBe(outcome => outcome.Code == "modified_instead" || (outcome.Approval != null && outcome.Approval.Id == id));
        Encoding.UTF8.GetString(upstream.Exchanges.ShouldHaveSingleItem().Body).ShouldContain("\"amount\":20");
        (await one.NumberAsync("SELECT count(*) FROM approvals")).ShouldBe(1);
        (await one.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }
}
