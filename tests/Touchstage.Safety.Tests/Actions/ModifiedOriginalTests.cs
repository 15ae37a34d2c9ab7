using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>What a person has changed stands for what was proposed, and for what was made of it.</summary>
public sealed class ModifiedOriginalTests
{
    private const string Twenty = """{"amount":20}""";
    private const string Changed = """{"to":"ann","amount":20,"pin":"canary"}""";

    [Fact]
    public async Task RunAsync_TheOriginalOrTheChangedOne_WhileItStands_GetsTheSameApproval()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            reached.TrySetResult();
            await go.Task.WaitAsync(exchange.Stopped);
            await exchange.ReplyAsync(200, "application/json", """{"id":"pay_1"}""");
        });
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, Twenty)).Refusal.ShouldBeNull();
        await ShouldStandAsync(ApprovalState.Pending);
        await host.VoteAsync(await host.ApproverAsync(subject: "bob@example.com"), id);
        await host.VoteAsync(await host.ApproverAsync(subject: "cid@example.com"), id);
        await ShouldStandAsync(ApprovalState.Approved);
        var running = host.DoDueWorkAsync();
        await reached.Task;
        await ShouldStandAsync(ApprovalState.Executing);
        go.SetResult();
        await running;
        upstream.Exchanges.Count.ShouldBe(1);

        async Task ShouldStandAsync(ApprovalState state)
        {
            foreach (var arguments in (string[])[PayManifest.Arguments, Changed])
            {
                var again = await host.CallAsync(agent, "pay", arguments);
                (again.Status, again.Approval?.Id, again.Approval?.State).ShouldBe((ActionStatus.PendingApproval, id, state));
            }
        }
    }

    [Theory]
    [InlineData("args.amount > 100.0")]
    [InlineData("args.amount > 400.0")]
    public async Task RunAsync_TheOriginalAfterTheChangedOneRan_IsRefusedForADay_AskedOrAllowed(string reviewByNow)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", """{"id":"pay_1"}""");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, Twenty)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        await host.ReloadAsync(PayManifest.With(review: reviewByNow, rules: "allow: args.amount > 1.0"));

        var again = await host.CallAsync(agent, "pay", PayManifest.Arguments);
        (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "modified_instead"));
        again.Reason!.ShouldContain(id);
        again.Reason!.ShouldContain((await host.ApprovalAsync(agent, id)).StepId!);
        host.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await host.CallAsync(agent, "pay", PayManifest.Arguments)).Code.ShouldBe("modified_instead");
        upstream.Exchanges.Count.ShouldBe(1);
        host.Time.Advance(TimeSpan.FromSeconds(1));

        var free = await host.CallAsync(agent, "pay", PayManifest.Arguments);
        free.Status.ShouldBe(reviewByNow.Contains('4', StringComparison.Ordinal) ? ActionStatus.Completed : ActionStatus.PendingApproval);
        (free.Approval?.Id).ShouldNotBe(id);
    }

    [Fact]
    public async Task RunAsync_TheChangedOneAfterItRan_IsAnsweredByItsStepOnce_AndThenIsAnActionLikeAnother()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", """{"id":"pay_1"}""");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, Twenty)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        var again = await host.CallAsync(agent, "pay", Changed);
        (again.Status, again.StepId).ShouldBe((ActionStatus.Completed, (await host.ApprovalAsync(agent, id)).StepId));
        host.Time.Advance(TimeSpan.FromMinutes(2));
        (await host.HeldAsync(agent, Changed)).ShouldNotBe(id);
        upstream.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_AnotherPrincipalsSameAction_IsNotHeldByIt()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", """{"id":"pay_1"}""");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, other) = (await host.AgentAsync(), await host.AgentAsync(subject: "other@example.com"));
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, Twenty)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        (await host.HeldAsync(other)).ShouldNotBe(id);
        (await host.HeldAsync(await host.AgentAsync("globex"))).ShouldNotBe(id);
    }

    [Fact]
    public async Task RunAsync_TheChangedOneWasRejected_BothAreRefused()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, Twenty)).Refusal.ShouldBeNull();
        (await host.VoteAsync(await host.ApproverAsync(subject: "bob@example.com"), id, VoteDecision.Reject, reason: "Not at all.")).Refusal.ShouldBeNull();

        foreach (var arguments in (string[])[PayManifest.Arguments, Changed])
        {
            var again = await host.CallAsync(agent, "pay", arguments);
            (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "rejected"));
            again.Reason!.ShouldContain("Not at all.");
        }
    }

    [Fact]
    public async Task RunAsync_TheChangedOneWasTakenBack_TheOriginalIsFree()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, Twenty)).Refusal.ShouldBeNull();
        (await host.WithdrawAsync(agent, id)).Take().State.ShouldBe(ApprovalState.Withdrawn);

        (await host.HeldAsync(agent)).ShouldNotBe(id);
    }
}
