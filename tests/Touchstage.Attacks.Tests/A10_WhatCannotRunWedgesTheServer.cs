using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A10_WhatCannotRunWedgesTheServer
{
    [Fact]
    public async Task AnApprovalNobodyAnswers_Ends_AndTheCallMayBeProposedAgain()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var id = await host.HeldRefundAsync(await host.AgentAsync());

        host.Time.Advance(TimeSpan.FromHours(24));
        await host.DoDueWorkAsync();

        var agent = await host.AgentAsync();
        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Expired);
        (await host.HeldRefundAsync(agent)).ShouldNotBe(id);
        upstream.Writes().ShouldBe(0);
    }

    [Fact]
    public async Task ApprovedCallsOfATenantWhoseKeyIsGone_DoNotKeepAnotherTenantsWaiting()
    {
        await using var upstream = SampleUpstream.Start();
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await first.AgentAsync("globex"), await first.ApproverAsync("globex"));
        for (var n = 0; n < 18; n++)
        {
            await first.DecideAsync(approver, await first.HeldRefundAsync(agent, 60 + n), VoteDecision.Approve);
        }

        first.Time.Advance(TimeSpan.FromSeconds(1));
        var id = await first.HeldRefundAsync(await first.AgentAsync());
        await first.DecideAsync(await first.ApproverAsync(), id, VoteDecision.Approve);
        await first.TamperAsync("UPDATE tenants SET WrappedKey = zeroblob(64) WHERE Id = 'globex'");

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        second.Time.Advance(TimeSpan.FromSeconds(2));
        await second.DoDueWorkAsync();

        upstream.Writes().ShouldBe(1);
        (await second.ApprovalAsync(await second.ApproverAsync(), id)).State.ShouldBe(ApprovalState.Succeeded);
    }
}
