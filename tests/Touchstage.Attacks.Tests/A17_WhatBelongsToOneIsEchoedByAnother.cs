using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A17_WhatBelongsToOneIsEchoedByAnother
{
    [Fact]
    public async Task AnApprovalId_OfAnotherTenant_IsUnknownThere()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var id = await host.HeldRefundAsync(agent);
        var shown = await host.ApprovalAsync(agent, id);

        foreach (var vote in new[] { VoteDecision.Approve, VoteDecision.Reject })
        {
            var decision = new Decision(id, vote, "", DecisionChannel.Cli, shown.RevisionDigest, null);
            (await DecideAsync(host, await host.ApproverAsync("globex"), decision)).ShouldBe("unknown_approval");
        }

        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(0);
        (await DecideAsync(host, await host.ApproverAsync(), new(id, VoteDecision.Approve, "", DecisionChannel.Cli, shown.RevisionDigest, null))).ShouldBeNull();
    }

    [Fact]
    public async Task ADecisionCode_IsGoodForItsApproverItsApprovalAndTenMinutes()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var (ann, bob) = (await host.ApproverAsync(subject: "ann@example.com"), await host.ApproverAsync(subject: "bob@example.com"));
        var (one, two) = (await host.HeldRefundAsync(agent, 60), await host.HeldRefundAsync(agent, 70));
        var code = await CodeAsync(host, ann, one);

        (await DecideAsync(host, bob, WithCode(one, code))).ShouldBe("wrong_decision_code");
        (await DecideAsync(host, ann, WithCode(two, code))).ShouldBe("wrong_decision_code");
        (await DecideAsync(host, ann, WithCode(one, ""))).ShouldBe("wrong_decision_code");
        host.Time.Advance(TimeSpan.FromMinutes(10.1));
        (await DecideAsync(host, ann, WithCode(one, code))).ShouldBe("wrong_decision_code");
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(0);

        var fresh = await CodeAsync(host, ann, one);
        (await DecideAsync(host, ann, WithCode(one, fresh))).ShouldBeNull();
        (await DecideAsync(host, ann, WithCode(one, fresh))).ShouldBeNull();
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(1);
    }

    [Fact]
    public async Task FiveGuesses_LockTheGuesserOut_AndNobodyElse()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (ann, bob) = (await host.ApproverAsync(subject: "ann@example.com"), await host.ApproverAsync(subject: "bob@example.com"));
        var id = await host.HeldRefundAsync(await host.AgentAsync());
        var right = await CodeAsync(host, bob, id);

        for (var guess = 0; guess < 4; guess++)
        {
            (await DecideAsync(host, bob, WithCode(id, $"00000-0000{guess}"))).ShouldBe("wrong_decision_code");
        }

        (await DecideAsync(host, bob, WithCode(id, "00000-00009"))).ShouldBe("decision_code_locked");
        (await DecideAsync(host, bob, WithCode(id, right))).ShouldBe("decision_code_locked");
        (await DecideAsync(host, ann, WithCode(id, await CodeAsync(host, ann, id)))).ShouldBeNull();
    }

    [Fact]
    public async Task AStep_OfAnotherTenant_IsNotReplayed()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = (await host.InviteAsync(await host.AgentAsync(), "eve@acme.example")).StepId!;
        var replays = host.Services.GetRequiredService<IReplays>();

        (await replays.ReplayAsync(TouchstageHost.TenantOf("acme"), step, default)).Refusal.ShouldBeNull();
        ((await replays.ReplayAsync(TouchstageHost.TenantOf("globex"), step, default)).Refusal?.Code.Value).ShouldBe("unknown_step");
    }

    [Fact]
    public async Task TheCodeOfAChange_ConfirmsThatChangeOfThatApprovalByThatPerson_AndNothingElse()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var agent = await host.AgentAsync();
        var (ann, bob) = (await host.ApproverAsync(subject: "ann@example.com"), await host.ApproverAsync(subject: "bob@example.com"));
        var (one, two) = (await host.HeldAsync(agent), await host.HeldAsync(agent, """{"to":"bob","amount":120}"""));
        const string Twenty = """{"amount":20}""";
        var code = (await host.PreviewAsync(ann, one, Twenty, DecisionChannel.Prompt, withCode: true)).Take().DecisionCode!;
        var yes = await CodeAsync(host, ann, two);

        (await ConfirmAsync(bob, one, Twenty, code)).ShouldBe("wrong_decision_code");
        (await ConfirmAsync(ann, two, Twenty, code)).ShouldBe("wrong_decision_code");
        (await ConfirmAsync(ann, one, """{"amount":200}""", code)).ShouldBe("wrong_decision_code");
        (await ConfirmAsync(await host.ApproverAsync("globex", "ann@example.com"), one, Twenty, code)).ShouldBe("unknown_approval");
        (await DecideAsync(host, ann, WithCode(one, code))).ShouldBe("wrong_decision_code");
        (await ConfirmAsync(ann, two, Twenty, yes)).ShouldBe("wrong_decision_code");
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(0);

        (await ConfirmAsync(ann, one, Twenty, code)).ShouldBeNull();
        (await ConfirmAsync(ann, one, Twenty, code)).ShouldBeNull();
        (await DecideAsync(host, ann, WithCode(two, yes))).ShouldBeNull();
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(2);

        async Task<string?> ConfirmAsync(string key, string id, string changes, string typed) =>
            (await host.ConfirmAsync(key, id, changes, null, typed, DecisionChannel.Prompt)).Refusal?.Code.Value;
    }

    [Fact]
    public async Task TheCodeOfAChange_IsOldAfterTenMinutes_AndFiveGuessesLock()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var ann = await host.ApproverAsync(subject: "ann@example.com");
        var id = await host.HeldAsync(await host.AgentAsync());
        const string Twenty = """{"amount":20}""";
        var old = (await host.PreviewAsync(ann, id, Twenty, DecisionChannel.Prompt, withCode: true)).Take().DecisionCode!;
        host.Time.Advance(TimeSpan.FromMinutes(10));
        (await host.ConfirmAsync(ann, id, Twenty, null, old, DecisionChannel.Prompt)).Refusal!.Code.Value.ShouldBe("wrong_decision_code");
        var code = (await host.PreviewAsync(ann, id, Twenty, DecisionChannel.Prompt, withCode: true)).Take().DecisionCode!;
        for (var guess = 0; guess < 3; guess++)
        {
            (await host.ConfirmAsync(ann, id, Twenty, null, $"00000-0000{guess}", DecisionChannel.Prompt)).Refusal!.Code.Value.ShouldBe("wrong_decision_code");
        }

        (await host.ConfirmAsync(ann, id, Twenty, null, "00000-00009", DecisionChannel.Prompt)).Refusal!.Code.Value.ShouldBe("decision_code_locked");
        (await host.ConfirmAsync(ann, id, Twenty, null, code, DecisionChannel.Prompt)).Refusal!.Code.Value.ShouldBe("decision_code_locked");
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(0);
    }

    private static Decision WithCode(string id, string code) => new(id, VoteDecision.Approve, "", DecisionChannel.Prompt, null, code);

    private static async Task<string> CodeAsync(TouchstageHost host, string approver, string id) =>
        (await host.Services.GetRequiredService<IApprovals>().ReviewAsync(await host.CallerAsync(approver), id, default)).TryGet(out var review, out var no)
            ? review.DecisionCode!
            : throw new InvalidOperationException(no.ToString());

    private static async Task<string?> DecideAsync(TouchstageHost host, string approver, Decision decision) =>
        (await host.Services.GetRequiredService<IApprovals>().DecideAsync(await host.CallerAsync(approver), decision, default)).Refusal?.Code.Value;
}
