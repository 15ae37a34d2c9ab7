using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A08_AFollowUpMintsASecondApproval
{
    [Fact]
    public async Task TheSameCallInOtherWords_GetsTheApprovalThatWaits()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var id = await host.HeldRefundAsync(agent);

        var again = new[]
        {
            await host.CallAsync(agent, "refund_user", """{ "amount" : 1.2e2, "payment_id":"pay_1" }"""),
            await host.CallAsync(agent, "refund_user", """{"payment_id":"pay_\u0031","amount":120.00}"""),
            await host.CallAsync(agent, "refund_user", """{"payment_id":"pay_1","amount":120,"_reasoning":"another turn"}"""),
            await host.CallAsync(agent, "refund_user", """{"payment_id":"pay_1","amount":120}""", new Narrative("please", "because")),
            await host.CallAsync(await host.AgentAsync(), "refund_user", """{"payment_id":"pay_1","amount":120}"""),
        };

        again.ShouldAllBe(outcome => outcome.Approval!.Id == id);
        (await host.HeldRefundAsync(agent, 121)).ShouldNotBe(id);
    }

    [Fact]
    public async Task ABurstOnTwoServers_HoldsOne()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: one.Folder);
        var agent = await one.AgentAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => (n % 2 == 0 ? one : two).InviteAsync(agent, "eve@acme.example", "admin")));

        outcomes.Select(outcome => outcome.Approval!.Id).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await one.NumberAsync("SELECT count(*) FROM approvals")).ShouldBe(1);
    }

    [Fact]
    public async Task AfterARejection_TheIdenticalCallIsRefusedWithTheReason()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        await host.DecideAsync(await host.ApproverAsync(), await host.HeldRefundAsync(agent), VoteDecision.Reject, "The customer was paid already.");

        var again = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 120 });

        (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "rejected"));
        again.Reason!.ShouldContain("The customer was paid already.");
        host.Time.Advance(TimeSpan.FromHours(23.9));
        (await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 120 })).Code.ShouldBe("rejected");
        host.Time.Advance(TimeSpan.FromHours(0.2));
        (await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 120 })).Status.ShouldBe(ActionStatus.PendingApproval);
    }

    [Fact]
    public async Task AfterAChange_NeitherWhatWasAskedNorWhatItBecame_IsASecondApproval()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"), one.Folder);
        var agent = await one.AgentAsync();
        var id = await one.HeldAsync(agent);
        (await one.ModifyAsync(await one.ApproverAsync(), id, """{"amount":20}""")).Refusal.ShouldBeNull();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => (n % 2 == 0 ? one : two).CallAsync(agent, "pay", n < 4 ? PayManifest.Arguments : """{"to":"ann","amount":20,"pin":"canary"}""")));

        outcomes.ShouldAllBe(outcome => outcome.Approval!.Id == id);
        (await one.NumberAsync("SELECT count(*) FROM approvals")).ShouldBe(1);
    }
}
