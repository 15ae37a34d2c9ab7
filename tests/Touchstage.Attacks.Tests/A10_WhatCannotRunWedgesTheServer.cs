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
        await first.TamperAsync("UPDATE tenant_keys SET Wrapped = zeroblob(64) WHERE Tenant = 'globex'");

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        second.Time.Advance(TimeSpan.FromSeconds(2));
        await second.DoDueWorkAsync();

        upstream.Writes().ShouldBe(1);
        (await second.ApprovalAsync(await second.ApproverAsync(), id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task RulesThatKeepChanging_NeverRunWhatNobodySaw_AndItEndsWithItsTime()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldAsync(agent);
        for (var round = 2; round <= 6; round++)
        {
            (await host.VoteAsync(approver, id)).Refusal.ShouldBeNull();
            await host.ReloadAsync(PayManifest.With(path: $"/v{round}/payments"));
            await host.DoDueWorkAsync();
            await host.DoDueWorkAsync();
            (await host.ApprovalAsync(agent, id)).Revision.ShouldBe(round);
        }

        upstream.Writes().ShouldBe(0);
        host.Time.Advance(TimeSpan.FromHours(24));
        await host.DoDueWorkAsync();
        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Expired);
    }

    [Fact]
    public async Task ATenantWhoseEscalationsCannotBeOpened_DoesNotKeepAnothersWaiting()
    {
        const string Terms = "max_pending: 100\nescalate: [{ after: 2h, approvers: [lead] }]";
        await using var upstream = SampleUpstream.Start();
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms));
        var agent = await first.AgentAsync("globex");
        for (var n = 1; n <= 18; n++)
        {
            await first.HeldAsync(agent, $$"""{"to":"ann","amount":{{n}}}""");
        }

        first.Time.Advance(TimeSpan.FromSeconds(1));
        var id = await first.HeldAsync(await first.AgentAsync());
        var lead = await first.ApproverAsync(subject: "lead@example.com", roles: "lead");
        await first.TamperAsync("UPDATE tenant_keys SET Wrapped = zeroblob(64) WHERE Tenant = 'globex'");

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms), first.Folder);
        second.Time.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        await second.DoDueWorkAsync();

        (await second.QueueAsync(lead)).ShouldBe([id]);
    }
}
