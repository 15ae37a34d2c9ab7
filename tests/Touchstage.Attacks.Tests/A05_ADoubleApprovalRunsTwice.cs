using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A05_ADoubleApprovalRunsTwice
{
    [Fact]
    public async Task ApprovingTwice_AndSweepingOften_SendsOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);

        (await host.DecideAsync(approver, id, VoteDecision.Approve)).TryGet(out var first, out _).ShouldBeTrue();
        (await host.DecideAsync(approver, id, VoteDecision.Approve)).TryGet(out var second, out _).ShouldBeTrue();
        (first!.WasRecorded, second!.WasRecorded).ShouldBe((true, false));
        await host.DoDueWorkAsync();
        await host.DecideAsync(approver, id, VoteDecision.Approve);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(1);
        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task AServerThatReadTheApprovalBeforeAnotherCarriedItOut_LosesTheClaim()
    {
        await using var upstream = SampleUpstream.Start();
        await using var winner = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (stores, isAtTheDoor, open) = (new HookedStores(), new TaskCompletionSource(), new TaskCompletionSource());
        stores.Journal.OnAdmit = async (intent, admit) =>
        {
            if (intent.Claim is not null)
            {
                isAtTheDoor.SetResult();
                await open.Task;
            }

            return await admit();
        };
        await using var late = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: winner.Folder, replace: stores.Replace);
        var agent = await winner.AgentAsync();
        var id = await winner.HeldRefundAsync(agent);
        await winner.DecideAsync(await winner.ApproverAsync(), id, VoteDecision.Approve);

        var running = late.Services.GetRequiredService<ActionPipeline>().RunApprovedAsync(TouchstageHost.TenantOf("acme"), id, default);
        await isAtTheDoor.Task;
        await winner.DoDueWorkAsync();
        upstream.Writes().ShouldBe(1);
        open.SetResult();
        await running;

        upstream.Writes().ShouldBe(1);
        (await winner.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }
}
