using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A02_TheApproverIsShownOneThingAndAnotherRuns
{
    [Fact]
    public async Task WhatRuns_IsTheRequestThatWasShown()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var approver = await host.ApproverAsync();
        var id = await host.HeldRefundAsync(await host.AgentAsync());
        var shown = (await host.ApprovalAsync(approver, id)).Case!.Request;

        await host.DecideAsync(approver, id, VoteDecision.Approve);
        await host.DoDueWorkAsync();

        var sent = upstream.Exchanges.Single(e => e.Method == "POST");
        (upstream.BaseUrl + sent.Target).ShouldBe(shown.GetProperty("uri").GetString());
        JsonNode.DeepEquals(JsonNode.Parse(sent.Body), JsonNode.Parse(shown.GetProperty("body").GetRawText())).ShouldBeTrue(Encoding.UTF8.GetString(sent.Body));
    }

    [Fact]
    public async Task AConnectionThatMovedAfterTheVote_IsShownAnew_AndNothingRuns()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        var before = await host.ApprovalAsync(approver, id);
        await host.DecideAsync(approver, id, VoteDecision.Approve);

        await host.ApplyAsync("acme", upstream.BaseUrl + "/elsewhere");
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        var after = await host.ApprovalAsync(approver, id);
        (after.State, after.Revision).ShouldBe((ApprovalState.Pending, 2));
        (await VoteOnAsync(host, approver, id, before.RevisionDigest)).ShouldBe("newer_revision");

        (await VoteOnAsync(host, approver, id, after.RevisionDigest)).ShouldBeNull();
        await host.DoDueWorkAsync();
        upstream.Exchanges.Single(e => e.Method == "POST").Target.ShouldBe("/elsewhere/v1/payments/pay_1/refunds");
    }

    [Fact]
    public async Task AVote_OnTheRevisionOfAnotherApproval_IsNotCounted()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (small, large) = (await host.HeldRefundAsync(agent, 60), await host.HeldRefundAsync(agent, 900));

        (await VoteOnAsync(host, approver, large, (await host.ApprovalAsync(approver, small)).RevisionDigest)).ShouldBe("newer_revision");
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
    }

    [Fact]
    public async Task WhatRunsOfAChangedCall_IsTheRequestThatThePreviewShowed()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var approver = await host.ApproverAsync();
        var id = await host.HeldAsync(await host.AgentAsync(), """{"to":"ann","amount":120}""");
        var preview = (await host.PreviewAsync(approver, id, """{"amount":20,"reason":"less"}""")).Take();

        (await host.ConfirmAsync(approver, id, """{"amount":20,"reason":"less"}""", preview.RevisionDigest)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        var sent = upstream.Exchanges.ShouldHaveSingleItem();
        (upstream.BaseUrl + sent.Target).ShouldBe(preview.Request.GetProperty("uri").GetString());
        JsonNode.DeepEquals(JsonNode.Parse(sent.Body), JsonNode.Parse(preview.Request.GetProperty("body").GetRawText())).ShouldBeTrue(Encoding.UTF8.GetString(sent.Body));
    }

    [Fact]
    public async Task AVoteOnWhatWasAsked_IsNoVoteOnWhatItWasChangedTo()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var (ann, bob, cid) = (await host.ApproverAsync(subject: "ann@example.com"), await host.ApproverAsync(subject: "bob@example.com"), await host.ApproverAsync(subject: "cid@example.com"));
        var id = await host.HeldAsync(await host.AgentAsync());
        var before = (await host.ApprovalAsync(bob, id)).RevisionDigest;
        (await host.VoteAsync(cid, id)).Refusal.ShouldBeNull();

        (await host.ModifyAsync(ann, id, """{"amount":20}""")).Refusal.ShouldBeNull();
        (await VoteOnAsync(host, bob, id, before)).ShouldBe("newer_revision");
        (await VoteOnAsync(host, bob, id, (await host.ApprovalAsync(bob, id)).RevisionDigest)).ShouldBeNull();
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(bob, id)).State.ShouldBe(ApprovalState.Pending);
    }

    private static async Task<string?> VoteOnAsync(TouchstageHost host, string approver, string id, string digest)
    {
        var decision = new Decision(id, VoteDecision.Approve, "", DecisionChannel.Cli, digest, null);
        return (await host.Services.GetRequiredService<IApprovals>().DecideAsync(await host.CallerAsync(approver), decision, default)).Refusal?.Code.Value;
    }
}
