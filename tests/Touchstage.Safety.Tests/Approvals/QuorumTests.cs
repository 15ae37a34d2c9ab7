using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Approvals;

/// <summary>Who counts, and how often.</summary>
public sealed class QuorumTests
{
    [Fact]
    public async Task DecideAsync_ThreeOfMany_RunsWithTheThird()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 3"));
        var id = await host.HeldAsync(await host.AgentAsync());
        foreach (var (name, state) in (IEnumerable<(string, ApprovalState)>)[("ann", ApprovalState.Pending), ("bob", ApprovalState.Pending), ("bob", ApprovalState.Pending), ("cid", ApprovalState.Approved)])
        {
            (await host.VoteAsync(await host.ApproverAsync(subject: $"{name}@example.com"), id)).Take().Approval.State.ShouldBe(state);
            if (state is ApprovalState.Pending)
            {
                await host.DoDueWorkAsync();
                upstream.Exchanges.ShouldBeEmpty();
            }
        }

        await host.DoDueWorkAsync();
        upstream.Exchanges.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("bob@example.com", null, "ANN@example.com")]
    [InlineData("bob@example.com", "ann@example.com", null)]
    [InlineData("bob@example.com", "cid@example.com", "ann@example.com")]
    public async Task DecideAsync_OnePersonUnderTwoNames_CountsOnce(string subject, string? onBehalfOf, string? person)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var id = await host.HeldAsync(await host.AgentAsync());

        await host.VoteAsync(await host.ApproverAsync(subject: "ann@example.com"), id);
        (await host.VoteAsync(await host.KeyAsync(SessionKind.Approver, subject, onBehalfOf, person), id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        await host.DoDueWorkAsync();

        upstream.Exchanges.ShouldBeEmpty();
        (await host.VoteAsync(await host.ApproverAsync(subject: "dan@example.com"), id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task DecideAsync_ThoseWhomOnlyAThirdLinks_CountOnce()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var id = await host.HeldAsync(await host.AgentAsync());

        (await host.VoteAsync(await host.KeyAsync(SessionKind.Approver, "one@example.com", person: "ann"), id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        (await host.VoteAsync(await host.KeyAsync(SessionKind.Approver, "two@example.com", "one@example.com", "bob"), id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        (await host.VoteAsync(await host.KeyAsync(SessionKind.Approver, "three@example.com", person: "bob"), id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task DecideAsync_TheSameSubjectOfAnotherIssuer_CountsOnce_AndDoesNotDecideItsOwn()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var id = await host.HeldAsync(await host.AgentAsync());
        await host.VoteAsync(await host.ApproverAsync(subject: "ann@example.com"), id);

        (await host.VoteAsync(await OfAnotherIssuerAsync(host, "ann@example.com"), id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        (await host.VoteAsync(await OfAnotherIssuerAsync(host, "agent@example.com"), id)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        (await ReviewAsync(host, await OfAnotherIssuerAsync(host, "agent@example.com"), id)).ShouldBe("own_request");
    }

    [Theory]
    [InlineData("bot", null, "ann@example.com", "ann@example.com", null, null)]
    [InlineData("bot", null, "ann@example.com", "boss", null, "Ann@Example.com")]
    [InlineData("bot", null, "ann@example.com", "boss", "ann@example.com", null)]
    [InlineData("bot", "ann@example.com", null, "ann@example.com", null, null)]
    [InlineData("bot", "ann@example.com", null, "boss", null, "ann@example.com")]
    [InlineData("ann@example.com", null, null, "boss", null, "ann@example.com")]
    public async Task DecideAsync_WhoeverMayStandBehindTheRequest_IsRefusedEverywhere(
        string asks, string? asksFor, string? asksAs, string decides, string? decidesFor, string? decidesAs)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var id = await host.HeldAsync(await host.KeyAsync(SessionKind.Agent, asks, asksFor, asksAs));
        var approver = await host.KeyAsync(SessionKind.Approver, decides, decidesFor, decidesAs);
        var shown = await host.ApprovalAsync(await host.ApproverAsync(subject: "reader@example.com"), id);
        var (caller, desk) = (await host.CallerAsync(approver), host.Services.GetRequiredService<IApprovals>());

        foreach (var vote in (VoteDecision[])[VoteDecision.Approve, VoteDecision.Reject])
        {
            (await desk.DecideAsync(caller, new(id, vote, "", DecisionChannel.Inbox, shown.RevisionDigest, null), default)).Refusal!.Code.ShouldBe(ApprovalRefusals.OwnRequest);
        }

        (await ReviewAsync(host, approver, id)).ShouldBe("own_request");
        (await host.ModifyAsync(approver, id, """{"amount":1}""")).Refusal!.Code.ShouldBe(ApprovalRefusals.OwnRequest);
        (await desk.NoteAsync(caller, id, NoteKind.Claim, "", DecisionChannel.Inbox, default)).Refusal!.Code.ShouldBe(ApprovalRefusals.OwnRequest);
        (await desk.RevealAsync(caller, id, shown.RevisionDigest, DecisionChannel.Inbox, default)).Refusal!.Code.ShouldBe(ApprovalRefusals.OwnRequest);
        (await host.QueueAsync(approver)).ShouldBeEmpty();
        await host.DoDueWorkAsync();
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task DoDueWork_AVoterOfTwoWasRevoked_ItDoesNotRun()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var (agent, ann) = (await host.AgentAsync(), await host.ApproverAsync(subject: "ann@example.com"));
        var id = await host.HeldAsync(agent);
        await host.VoteAsync(ann, id);
        await host.VoteAsync(await host.ApproverAsync(subject: "bob@example.com"), id);
        await host.RevokeAsync(ann);

        await host.DoDueWorkAsync();

        (await host.ApprovalAsync(agent, id)).ClosingCode.ShouldBe("votes_void");
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task DecideAsync_AYesAfterANo_IsNotTakenForTheYesToTheRevisionBefore()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var (ann, bob) = (await host.ApproverAsync(subject: "ann@example.com"), await host.ApproverAsync(subject: "bob@example.com"));
        var id = await host.HeldAsync(await host.AgentAsync());
        (await host.VoteAsync(ann, id)).Refusal.ShouldBeNull();
        (await host.ModifyAsync(bob, id, """{"amount":20}""")).Refusal.ShouldBeNull();
        (await host.VoteAsync(bob, id, VoteDecision.Reject)).Take().Approval.State.ShouldBe(ApprovalState.Rejected);

        (await host.VoteAsync(ann, id)).Refusal!.Reason.ShouldStartWith("bob@example.com rejected it before.");
        (await host.VoteAsync(bob, id)).Refusal!.Code.ShouldBe(ApprovalRefusals.Decided);
        (await host.VoteAsync(bob, id, VoteDecision.Reject)).Take().WasRecorded.ShouldBeFalse();
    }

    private static async Task<string?> ReviewAsync(TouchstageHost host, string approver, string id) =>
        (await host.Services.GetRequiredService<IApprovals>().ReviewAsync(await host.CallerAsync(approver), id, default)).Refusal?.Code.Value;

    private static async Task<string> OfAnotherIssuerAsync(TouchstageHost host, string subject)
    {
        var tenant = TouchstageHost.TenantOf("acme");
        Principal.TryCreate(tenant, "https://id.example.com", subject, null, out var principal).ShouldBeTrue();
        var (key, now) = (SessionKey.Create(SessionKind.Approver), host.Time.GetUtcNow());
        var session = new SessionRecord($"ses_{Guid.CreateVersion7():N}", principal, SessionKind.Approver, ["support"], "test", now, now.AddDays(1), null);
        await host.Services.GetRequiredService<ISessionStore>().AddAsync(tenant, session, SessionKey.Hash(key.Reveal()), default);
        return key.Reveal();
    }
}
