using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Approvals;

public sealed class ApprovalQueuesTests
{
    private const string TwoKinds = "approvers: [support, lead]\nmax_pending: 100";

    [Fact]
    public async Task QueueAsync_PageByPage_ShowsEachOnce_NextToExpireFirst()
    {
        await using var room = await Room.OpenAsync();
        for (var n = 1; n <= 7; n++)
        {
            room.Host.Time.Advance(TimeSpan.FromMinutes(n is 3 or 4 ? 0 : 1));
            await room.Host.HeldAsync(room.Agent, $$"""{"to":"ann","amount":{{n}}}""");
        }

        await room.Host.HeldAsync(await room.Host.AgentAsync("globex"), """{"to":"ann","amount":1}""");
        foreach (var roles in (string[][])[["support", "lead"], ["lead"]])
        {
            var approver = await room.CallerAsync(await room.Host.ApproverAsync(subject: "boss@example.com", roles: roles));
            var (seen, after) = (new List<QueueItem>(), default(string));
            do
            {
                var page = await room.Desk.QueueAsync(approver, new(null, null, false, after, 3), default);
                (page.Count, page.IsMore).ShouldBe((7, false));
                page.Items.Length.ShouldBeLessThanOrEqualTo(3);
                seen.AddRange(page.Items);
                after = page.Next;
            }
            while (after is not null);

            seen.Select(item => item.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(7);
            seen.Count.ShouldBe(7);
            seen.Select(item => item.ExpiresAt).ShouldBeInOrder();
            seen[0].Summary.ShouldBe("Pay 1 to ann");
        }
    }

    [Fact]
    public async Task QueueAsync_Filters_AndWhatIsNotTheirs_IsLeftOut()
    {
        await using var room = await Room.OpenAsync();
        var (own, claimed, other) = (
            await room.Host.HeldAsync(await room.Host.AgentAsync(subject: "boss@example.com"), """{"to":"boss","amount":1}"""),
            await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":2}"""),
            await room.Host.HeldAsync(await room.Host.AgentAsync(subject: "other@example.com"), """{"to":"ann","amount":3}"""));
        var boss = await room.CallerAsync(await room.Host.ApproverAsync());
        await room.Desk.NoteAsync(boss, claimed, NoteKind.Claim, "", DecisionChannel.Inbox, default);

        (await IdsAsync(new(null, null, false, null, 50))).ShouldBe([claimed, other], ignoreOrder: true);
        (await IdsAsync(new(null, null, false, "no place at all", 50))).ShouldBe([claimed, other], ignoreOrder: true);
        (await IdsAsync(new(null, null, true, null, 50))).ShouldBe([other]);
        (await IdsAsync(new(null, "OTHER%40", false, null, 50))).ShouldBe([other]);
        (await IdsAsync(new("pay", null, false, null, 50))).Length.ShouldBe(2);
        (await IdsAsync(new("pa", null, false, null, 50))).ShouldBeEmpty();
        (await room.Host.ApprovalAsync(await room.Host.ApproverAsync(subject: "third@example.com"), own)).State.ShouldBe(ApprovalState.Pending);
        foreach (var nobody in (string[])[room.Agent, await room.Host.ApproverAsync("globex"), await room.Host.ApproverAsync(subject: "x@example.com", roles: "sales")])
        {
            var page = await room.Desk.QueueAsync(await room.CallerAsync(nobody), new(null, null, false, null, 50), default);
            (page.Items.Length, page.Count, page.Next).ShouldBe((0, 0, null));
        }

        async Task<ImmutableArray<string>> IdsAsync(QueueQuery query) => [.. (await room.Desk.QueueAsync(boss, query, default)).Items.Select(item => item.Id)];
    }

    [Fact]
    public async Task QueueAsync_WhatIsDecidedOrOver_IsGone_AndAFilterThatFindsLittle_StillGetsToTheEnd()
    {
        await using var room = await Room.OpenAsync();
        var boss = await room.Host.ApproverAsync();
        for (var n = 1; n <= 5; n++)
        {
            var id = await room.Host.HeldAsync(room.Agent, $$"""{"to":"ann","amount":{{n}}}""");
            _ = n switch
            {
                1 => (object?)await room.Host.VoteAsync(boss, id),
                2 => await room.Host.VoteAsync(boss, id, VoteDecision.Reject),
                3 => await room.Host.WithdrawAsync(room.Agent, id),
                _ => null,
            };
        }

        var last = await room.Host.HeldAsync(await room.Host.AgentAsync(subject: "zoe@example.com"), """{"to":"ann","amount":9}""");
        (await room.Host.QueueAsync(boss)).Count.ShouldBe(3);
        var page = await room.Desk.QueueAsync(await room.CallerAsync(boss), new(null, "zoe", false, null, 1), default);
        page.Items.ShouldHaveSingleItem().Id.ShouldBe(last);
        room.Host.Time.Advance(TimeSpan.FromHours(24));
        (await room.Host.QueueAsync(await room.Host.ApproverAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task DecideManyAsync_AYesToWhatDiffers_RecordsNothing_AndToWhatIsAlike_Each()
    {
        await using var room = await Room.OpenAsync();
        var other = await room.Host.AgentAsync(subject: "other@example.com");
        var (one, alike, unlike) = (
            await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":1}"""),
            await room.Host.HeldAsync(other, """{"to":"ann","amount":1}"""),
            await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":2}"""));
        var boss = await room.Host.ApproverAsync();

        (await room.DecideAsync(boss, VoteDecision.Approve, one, unlike)).ShouldBe(["unlike_summaries", "unlike_summaries"]);
        (await room.Host.QueueAsync(boss)).Count.ShouldBe(3);
        (await room.DecideAsync(boss, VoteDecision.Approve, one, alike, "apr_000000000000000000000000")).ShouldBe([null, null, "unknown_approval"]);
        await room.Host.DoDueWorkAsync();

        room.Upstream.Exchanges.Count.ShouldBe(2);
        (await room.Host.QueueAsync(boss)).ShouldBe([unlike]);
    }

    [Fact]
    public async Task DecideManyAsync_ANoToWhatDiffers_IsRecordedForEach_EachForItself()
    {
        await using var room = await Room.OpenAsync();
        var (one, two, own) = (
            await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":1}"""),
            await room.Host.HeldAsync(room.Agent, """{"to":"bob","amount":2}"""),
            await room.Host.HeldAsync(await room.Host.AgentAsync(subject: "boss@example.com"), """{"to":"boss","amount":1}"""));
        var boss = await room.Host.ApproverAsync();

        (await room.DecideAsync(boss, VoteDecision.Reject, one, own, two, one)).ShouldBe([null, "own_request", null, null]);
        (await room.Host.ApprovalAsync(room.Agent, two)).State.ShouldBe(ApprovalState.Rejected);
        (await room.Host.QueueAsync(await room.Host.ApproverAsync(subject: "third@example.com"))).ShouldBe([own]);
    }

    [Fact]
    public async Task DecideManyAsync_ARevisionThatMovedOn_IsNotCarriedAlong()
    {
        await using var room = await Room.OpenAsync("quorum: 2\n" + TwoKinds);
        var (boss, ann) = (await room.Host.ApproverAsync(), await room.Host.ApproverAsync(subject: "ann@example.com"));
        var (one, two) = (await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":1}"""), await room.Host.HeldAsync(await room.Host.AgentAsync(subject: "other@example.com"), """{"to":"ann","amount":1}"""));
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in (string[])[one, two])
        {
            shown[id] = (await room.Host.ApprovalAsync(boss, id)).RevisionDigest;
        }

        (await room.Host.ModifyAsync(ann, two, """{"reason":"other"}""")).Refusal.ShouldBeNull();
        var receipts = await room.Desk.DecideManyAsync(
            await room.CallerAsync(boss), [.. shown.Select(pair => new Decision(pair.Key, VoteDecision.Approve, "", DecisionChannel.Inbox, pair.Value, null))], default);

        receipts.Select(receipt => receipt.Refusal?.Code.Value).ShouldBe([null, "newer_revision"]);
    }

    [Fact]
    public async Task FindAsync_RecentActions_TheVerySameFirst_ThenTheMostAlike_AndHowTheyEnded()
    {
        await using var room = await Room.OpenAsync();
        var boss = await room.Host.ApproverAsync();
        var other = await room.Host.AgentAsync(subject: "other@example.com");
        await room.Host.VoteAsync(boss, await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":7}"""));
        await room.Host.DoDueWorkAsync();
        room.Host.Time.Advance(TimeSpan.FromMinutes(2));
        await room.Host.VoteAsync(boss, await room.Host.HeldAsync(other, """{"to":"ann","amount":7}"""), VoteDecision.Reject);
        room.Host.Time.Advance(TimeSpan.FromMinutes(2));
        var far = await room.Host.HeldAsync(other, """{"to":"zoe","amount":9}""");
        await room.Host.HeldAsync(await room.Host.AgentAsync("globex"), """{"to":"ann","amount":7}""");
        var id = await room.Host.HeldAsync(room.Agent, """{"to":"ann","amount":7}""");

        var recent = (await room.Host.ApprovalAsync(boss, id)).Case!.Recent;

        recent.Select(view => (view.Summary, view.Status, view.IsIdentical)).ShouldBe([("Pay 7 to ann", "completed", true), ("Pay 7 to ann", "rejected", false), ("Pay 9 to zoe", "pending", false)]);
        recent[2].StepId.ShouldBe(far);
        room.Host.Time.Advance(TimeSpan.FromHours(23.99));
        (await room.Host.ApprovalAsync(await room.Host.ApproverAsync(), id)).Case!.Recent[2].Status.ShouldBe("pending");
        room.Host.Time.Advance(TimeSpan.FromMinutes(1));
        (await room.Host.ApprovalAsync(await room.Host.ApproverAsync(), id)).Case!.Recent[2].Status.ShouldBe("expired");
    }

    private sealed class Room : IAsyncDisposable
    {
        public required FakeUpstream Upstream { get; init; }

        public required TouchstageHost Host { get; init; }

        public required string Agent { get; init; }

        public IApprovals Desk => Host.Services.GetRequiredService<IApprovals>();

        public static async Task<Room> OpenAsync(string terms = TwoKinds)
        {
            var upstream = FakeUpstream.Answering(200, "application/json", "{}");
            var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(terms));
            return new() { Upstream = upstream, Host = host, Agent = await host.AgentAsync() };
        }

        public Task<Caller> CallerAsync(string key) => Host.CallerAsync(key);

        public async Task<IEnumerable<string?>> DecideAsync(string approver, VoteDecision vote, params string[] ids)
        {
            var (caller, decisions) = (await CallerAsync(approver), new List<Decision>());
            foreach (var id in ids)
            {
                var shown = (await Desk.FindAsync(caller, id, default)).TryGet(out var view, out _) ? view.RevisionDigest : "sha256:unseen";
                decisions.Add(new(id, vote, "", DecisionChannel.Inbox, shown, null));
            }

            return (await Desk.DecideManyAsync(caller, [.. decisions], default)).Select(receipt => receipt.Refusal?.Code.Value);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}
