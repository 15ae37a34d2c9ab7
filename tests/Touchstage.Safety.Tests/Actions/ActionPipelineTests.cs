using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

public sealed class ActionPipelineTests
{
    [Fact]
    public async Task RunAsync_SmallRefundToVerifiedCustomer_CompletesAndTheUpstreamGotItOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 20 });

        outcome.Status.ShouldBe(ActionStatus.Completed, outcome.Reason);
        outcome.Result!.Value.GetProperty("refund_id").GetString().ShouldBe("ref_1");
        upstream.Exchanges.Count(e => e.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_LargeRefund_WaitsForAPersonAndRunsExactlyOnceWhenApproved()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());

        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 120 });
        outcome.Status.ShouldBe(ActionStatus.PendingApproval, outcome.Reason);
        upstream.Exchanges.ShouldNotContain(e => e.Method == "POST");

        var decided = await host.DecideAsync(approver, outcome.Approval!.Id, VoteDecision.Approve);
        decided.Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        await host.DoDueWorkAsync();

        var approval = await host.ApprovalAsync(agent, outcome.Approval.Id);
        approval.State.ShouldBe(ApprovalState.Succeeded);
        approval.Outcome!.Value.GetProperty("result").GetProperty("refund_id").GetString().ShouldBe("ref_1");
        upstream.Exchanges.Count(e => e.Method == "POST").ShouldBe(1);
    }
}
