using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A06_TwoDoorsDecideAtOnce
{
    [Fact]
    public async Task PromptAndCommandLineOnTwoServers_OneWins_AndTheOtherIsToldWho()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: one.Folder);
        var agent = await one.AgentAsync();
        var (ann, bob) = (await one.ApproverAsync(subject: "ann@example.com"), await one.ApproverAsync(subject: "bob@example.com"));
        for (var round = 0; round < 5; round++)
        {
            var id = await one.HeldRefundAsync(agent, 60 + round);
            (await one.Services.GetRequiredService<IApprovals>().ReviewAsync(await one.CallerAsync(ann), id, default)).TryGet(out var review, out _).ShouldBeTrue();

            var approving = DecideAsync(one, ann, new(id, VoteDecision.Approve, "fine", DecisionChannel.Prompt, null, review!.DecisionCode));
            var rejecting = DecideAsync(two, bob, new(id, VoteDecision.Reject, "no", DecisionChannel.Cli, review.Approval.RevisionDigest, null));
            var (approved, rejected) = (await approving, await rejecting);

            var loser = new[] { approved.Refusal, rejected.Refusal }.OfType<Refusal>().ShouldHaveSingleItem();
            loser.Code.Value.ShouldBe("already_decided");
            loser.Reason.ShouldContain(approved.Refusal is null ? "ann@example.com approved it" : "bob@example.com rejected it");
            await Task.WhenAll(one.DoDueWorkAsync(), two.DoDueWorkAsync());
            (await one.ApprovalAsync(agent, id)).State.ShouldBe(approved.Refusal is null ? ApprovalState.Succeeded : ApprovalState.Rejected);
            upstream.Exchanges.Count(e => e.Method == "POST" && System.Text.Encoding.UTF8.GetString(e.Body).Contains($"{60 + round}")).ShouldBe(approved.Refusal is null ? 1 : 0);
        }
    }

    [Fact]
    public async Task AChangeInTheInboxAndAYesAtThePrompt_OneWins_AndOnlyThatRuns()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(), one.Folder);
        var agent = await one.AgentAsync();
        var (ann, bob) = (await one.ApproverAsync(subject: "ann@example.com"), await one.ApproverAsync(subject: "bob@example.com"));
        for (var round = 0; round < 5; round++)
        {
            var id = await one.HeldAsync(agent, $$"""{"to":"round{{round}}","amount":120}""");
            var review = (await one.Services.GetRequiredService<IApprovals>().ReviewAsync(await one.CallerAsync(ann), id, default)).Take();
            var preview = (await two.PreviewAsync(bob, id, """{"amount":20}""")).Take();

            var approving = DecideAsync(one, ann, new(id, VoteDecision.Approve, "fine", DecisionChannel.Prompt, null, review.DecisionCode));
            var changing = two.ConfirmAsync(bob, id, """{"amount":20}""", preview.RevisionDigest);
            var (approved, changed) = (await approving, await changing);
            await Task.WhenAll(one.DoDueWorkAsync(), two.DoDueWorkAsync());

            (approved.Refusal?.Code.Value, changed.Refusal?.Code.Value).ShouldBeOneOf((null, "already_decided"), ("newer_revision", null), ("already_decided", null), ("wrong_decision_code", null));
            var sent = upstream.Exchanges.Select(e => System.Text.Encoding.UTF8.GetString(e.Body)).Where(body => body.Contains($"round{round}", StringComparison.Ordinal)).ShouldHaveSingleItem();
            sent.ShouldContain(changed.Refusal is null ? "\"amount\":20" : "\"amount\":120");
        }
    }

    private static async Task<Result<DecisionReceipt>> DecideAsync(TouchstageHost host, string approver, Decision decision) =>
        await host.Services.GetRequiredService<IApprovals>().DecideAsync(await host.CallerAsync(approver), decision, default);
}
