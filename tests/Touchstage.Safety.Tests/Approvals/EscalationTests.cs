using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Approvals;

/// <summary>More people come in when nobody answers.</summary>
public sealed class EscalationTests
{
    private const string Terms = "escalate: [{ after: 2h, approvers: [lead] }, { after: 4h, approvers: [owner] }]";

    [Fact]
    public async Task RolesComeInAtTheirTime_AlsoWhereNobodySwept_AndTheirYesCountsAtExecution()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms));
        var id = await host.HeldAsync(await host.AgentAsync());
        var (lead, owner) = (await host.ApproverAsync(subject: "lead@example.com", roles: "lead"), await host.ApproverAsync(subject: "owner@example.com", roles: "owner"));

        host.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        (await host.VoteAsync(lead, id)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        (await host.VoteAsync(owner, id)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        (await host.ApprovalAsync(lead, id)).Case!.ApproverRoles.ShouldBe(["support", "lead"], ignoreOrder: true);
        (await host.VoteAsync(lead, id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await host.DoDueWorkAsync();

        upstream.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task TheSweep_TellsOnceAndPutsItIntoTheirQueues()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms));
        var id = await host.HeldAsync(await host.AgentAsync());
        var (support, lead, owner) = (await host.ApproverAsync(), await host.ApproverAsync(subject: "lead@example.com", roles: "lead"), await host.ApproverAsync(subject: "owner@example.com", roles: "owner"));
        await host.DoDueWorkAsync();
        (await QueuesAsync()).ShouldBe((1, 0, 0));
        (await ToldAsync(host, id)).ShouldBe(0);

        host.Time.Advance(TimeSpan.FromHours(2));
        await host.DoDueWorkAsync();
        await host.DoDueWorkAsync();
        (await QueuesAsync()).ShouldBe((1, 1, 0));
        (await ToldAsync(host, id)).ShouldBe(1);

        host.Time.Advance(TimeSpan.FromHours(2));
        await host.DoDueWorkAsync();
        await host.DoDueWorkAsync();
        (await QueuesAsync()).ShouldBe((1, 1, 1));
        (await ToldAsync(host, id)).ShouldBe(2);
        (await host.VoteAsync(owner, id, VoteDecision.Reject)).Refusal.ShouldBeNull();
        (await QueuesAsync()).ShouldBe((0, 0, 0));

        async Task<(int Support, int Lead, int Owner)> QueuesAsync() => ((await host.QueueAsync(support)).Count, (await host.QueueAsync(lead)).Count, (await host.QueueAsync(owner)).Count);
    }

    [Fact]
    public async Task AfterDowntime_AllWhoseTimeHasComeAreIn_AndAnExpiredOneEndsInstead()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms));
        var agent = await first.AgentAsync();
        var id = await first.HeldAsync(agent);
        var owner = await first.ApproverAsync(subject: "owner@example.com", roles: "owner");

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms), first.Folder);
        second.Time.Advance(TimeSpan.FromHours(5));
        await second.DoDueWorkAsync();
        (await second.QueueAsync(owner)).ShouldBe([id]);
        (await ToldAsync(second, id)).ShouldBe(1);

        second.Time.Advance(TimeSpan.FromHours(19));
        await second.DoDueWorkAsync();
        (await second.QueueAsync(owner)).ShouldBeEmpty();
        var approval = await second.ApprovalAsync(agent, id);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Expired, "expired"));
        (await ToldAsync(second, id)).ShouldBe(1);
    }

    [Theory]
    [InlineData("escalate: [{ after: 1h, approvers: [lead] }]", 1)]
    [InlineData("approvers: [support, lead]", 1)]
    [InlineData("quorum: 2", 2)]
    [InlineData("confirm: inbox", 1)]
    public async Task TermsThatChangedSinceTheVote_AreShownAnewOnce_AndThenHold(string terms, int quorum)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(Terms));
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldAsync(agent);
        (await host.VoteAsync(approver, id)).Refusal.ShouldBeNull();
        await host.ReloadAsync(PayManifest.With(terms));
        for (var sweep = 0; sweep < 3; sweep++)
        {
            await host.DoDueWorkAsync();
        }

        var anew = await host.ApprovalAsync(agent, id);
        (anew.State, anew.Revision).ShouldBe((ApprovalState.Pending, 2));
        upstream.Exchanges.ShouldBeEmpty();
        (await host.VoteAsync(approver, id)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        if (quorum > 1)
        {
            upstream.Exchanges.ShouldBeEmpty();
            (await host.VoteAsync(await host.ApproverAsync(subject: "second@example.com"), id)).Refusal.ShouldBeNull();
            await host.DoDueWorkAsync();
        }

        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
        upstream.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AChangeOfTheAction_KeepsTheClock_AndWhoIsIn()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With($"quorum: 2\n{Terms}"));
        var id = await host.HeldAsync(await host.AgentAsync());
        var (lead, owner) = (await host.ApproverAsync(subject: "lead@example.com", roles: "lead"), await host.ApproverAsync(subject: "owner@example.com", roles: "owner"));
        host.Time.Advance(TimeSpan.FromHours(3));

        (await host.ModifyAsync(await host.ApproverAsync(), id, """{"amount":20}""")).Refusal.ShouldBeNull();
        (await host.QueueAsync(lead)).ShouldBe([id]);
        (await host.VoteAsync(lead, id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        host.Time.Advance(TimeSpan.FromHours(1));
        (await host.VoteAsync(owner, id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await host.DoDueWorkAsync();

        upstream.Exchanges.Count.ShouldBe(1);
    }

    private static async Task<int> ToldAsync(TouchstageHost host, string id) =>
        (await host.Services.GetRequiredService<ILedgerStore>().ReadAboutAsync(TouchstageHost.TenantOf("acme"), id, default)).Count(entry => entry.Kind == LedgerKind.ApprovalEscalated);
}
