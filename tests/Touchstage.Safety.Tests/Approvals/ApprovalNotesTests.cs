using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Approvals;

public sealed class ApprovalNotesTests
{
    [Fact]
    public async Task WithdrawAsync_ByItsRequester_PendingOrApproved_NothingRuns_AndItMayBeAskedAgain()
    {
        await using var room = await Room.OpenAsync();
        var approved = await room.Host.HeldAsync(room.Agent, """{"to":"bob","amount":1}""");
        (await room.Host.VoteAsync(room.Ann, approved)).Take().Approval.State.ShouldBe(ApprovalState.Approved);

        foreach (var id in (string[])[room.Id, approved])
        {
            // A new session of the same principal is the same requester.
            var withdrawn = (await room.Host.WithdrawAsync(await room.Host.AgentAsync(), id, "changed my mind")).Take();
            (withdrawn.State, withdrawn.ClosingCode).ShouldBe((ApprovalState.Withdrawn, "withdrawn"));
            withdrawn.ClosingReason!.ShouldContain("changed my mind");
            (await room.Host.WithdrawAsync(room.Agent, id)).Take().State.ShouldBe(ApprovalState.Withdrawn);
            (await room.Host.VoteAsync(await room.Host.ApproverAsync(subject: "bob@example.com"), id)).Refusal!.Reason.ShouldStartWith("It was withdrawn.");
        }

        await room.Host.DoDueWorkAsync();
        room.Upstream.Exchanges.ShouldBeEmpty();
        (await room.Host.QueueAsync(room.Ann)).ShouldBeEmpty();
        (await room.Host.HeldAsync(room.Agent)).ShouldNotBe(room.Id);
        (await room.EntriesAsync(LedgerKind.ApprovalClosed)).ShouldBe(1);
    }

    [Fact]
    public async Task WithdrawAsync_ByAnybodyElse_LooksAsIfThereWereNone()
    {
        await using var room = await Room.OpenAsync();
        var none = (await room.Host.WithdrawAsync(room.Agent, "apr_000000000000000000000000")).Refusal!;

        foreach (var key in (string[])
            [
                room.Ann,
                await room.Host.AgentAsync(subject: "other@example.com"),
                await room.Host.AgentAsync("globex"),
                await room.Host.ApproverAsync(subject: "agent@example.com"),
                await room.Host.KeyAsync(SessionKind.Agent, "agent@example.com", "boss@example.com"),
                await room.Host.KeyAsync(SessionKind.Agent, "second@example.com", person: "agent@example.com"),
            ])
        {
            (await room.Host.WithdrawAsync(key, room.Id)).Refusal!.ToString().ShouldBe(none.ToString());
        }

        (await room.Host.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task WithdrawAsync_WhileItRunsOrAfter_IsTooLate()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var room = await Room.OpenAsync(async exchange =>
        {
            reached.TrySetResult();
            await go.Task.WaitAsync(exchange.Stopped);
            await exchange.ReplyAsync(200, "application/json", "{}");
        });
        await room.Host.VoteAsync(room.Ann, room.Id);
        var running = room.Host.DoDueWorkAsync();
        await reached.Task;

        (await room.Host.WithdrawAsync(room.Agent, room.Id)).Refusal!.Code.ShouldBe(ApprovalRefusals.Decided);
        go.SetResult();
        await running;
        (await room.Host.WithdrawAsync(room.Agent, room.Id)).Refusal!.Code.ShouldBe(ApprovalRefusals.Decided);
        (await room.Host.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task NoteAsync_CommentsAndClaims_AreShown_AndDecideNothing()
    {
        await using var room = await Room.OpenAsync();
        var bob = await room.Host.ApproverAsync(subject: "bob@example.com");

        (await room.NoteAsync(room.Ann, NoteKind.Comment, " which\u202e customer?\n ")).Take();
        (await room.NoteAsync(room.Ann, NoteKind.Claim)).Take().Case!.ClaimedBy.ShouldBe("acme/touchstage/ann%40example.com");
        (await room.NoteAsync(bob, NoteKind.Claim)).Take().Case!.ClaimedBy.ShouldBe("acme/touchstage/bob%40example.com");
        (await room.NoteAsync(bob, NoteKind.Release)).Take().Case!.ClaimedBy.ShouldBeNull();
        (await room.NoteAsync(room.Ann, NoteKind.Claim)).Refusal.ShouldBeNull();
        room.Host.Time.Advance(TimeSpan.FromMinutes(30));
        var shown = await room.Host.ApprovalAsync(room.Ann, room.Id);

        shown.Case!.ClaimedBy.ShouldBeNull();
        shown.Case.Notes.Select(note => note.Kind).ShouldBe([NoteKind.Comment, NoteKind.Claim, NoteKind.Claim, NoteKind.Release, NoteKind.Claim]);
        shown.Case.Notes[0].Text.ShouldNotContain('\n');
        (shown.State, shown.Revision).ShouldBe((ApprovalState.Pending, 1));
        (await room.EntriesAsync(LedgerKind.ApprovalNoted)).ShouldBe(5);
        (await room.Host.ApprovalAsync(room.Agent, room.Id)).Case.ShouldBeNull();
    }

    [Fact]
    public async Task NoteAsync_NothingToSay_TooLate_OrByWhoMayNotDecide_IsRefused()
    {
        await using var room = await Room.OpenAsync();
        (await room.NoteAsync(room.Ann, NoteKind.Comment, " \u0001 ")).Refusal!.Code.ShouldBe(ApprovalRefusals.NothingToSay);
        (await room.NoteAsync(room.Agent, NoteKind.Comment, "please")).Refusal!.Code.ShouldBe(SessionRefusals.WrongKind);
        (await room.NoteAsync(await room.Host.ApproverAsync(subject: "x@example.com", roles: "sales"), NoteKind.Comment, "x")).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        (await room.NoteAsync(await room.Host.ApproverAsync("globex"), NoteKind.Claim)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => room.NoteAsync(room.Ann, NoteKind.Reveal));
        room.Host.Time.Advance(TimeSpan.FromHours(24));
        (await room.NoteAsync(await room.Host.ApproverAsync(), NoteKind.Claim)).Refusal!.Reason.ShouldStartWith("It has expired.");

        (await room.EntriesAsync(LedgerKind.ApprovalNoted)).ShouldBe(0);
    }

    [Fact]
    public async Task RevealAsync_IsRecordedBeforeAnythingIsShown()
    {
        await using var room = await Room.OpenAsync();
        var shown = await room.Host.ApprovalAsync(room.Ann, room.Id);
        shown.Case!.HasSensitive.ShouldBeTrue();

        var revealed = (await room.RevealAsync(room.Ann, shown.RevisionDigest)).Take();

        revealed.Arguments.GetProperty("pin").GetString().ShouldBe("canary");
        revealed.Request.GetProperty("body").GetProperty("pin").GetString().ShouldBe("canary");
        (await room.EntriesAsync(LedgerKind.ApprovalNoted)).ShouldBe(1);
        (await room.Host.ApprovalAsync(room.Ann, room.Id)).Case!.Notes.ShouldHaveSingleItem().Kind.ShouldBe(NoteKind.Reveal);
        (await room.LedgerTextAsync()).ShouldNotContain("canary");
    }

    [Fact]
    public async Task RevealAsync_ByWhoMayNotDecide_OrOfWhatStandsNoMore_ShowsAndRecordsNothing()
    {
        await using var room = await Room.OpenAsync();
        var digest = (await room.Host.ApprovalAsync(room.Ann, room.Id)).RevisionDigest;
        (await room.RevealAsync(room.Ann, "sha256:other")).Refusal!.Code.ShouldBe(ApprovalRefusals.NewerRevision);
        (await room.RevealAsync(room.Agent, digest)).Refusal!.Code.ShouldBe(SessionRefusals.WrongKind);
        (await room.RevealAsync(await room.Host.ApproverAsync(subject: "x@example.com", roles: "sales"), digest)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        (await room.RevealAsync(await room.Host.ApproverAsync("globex"), digest)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
        await room.Host.RevokeAsync(room.Ann);
        (await room.Host.Services.GetRequiredService<ICallers>().IdentifyAsync(room.Ann, default)).Refusal.ShouldNotBeNull();

        (await room.EntriesAsync(LedgerKind.ApprovalNoted)).ShouldBe(0);
    }

    [Theory]
    [InlineData(DecisionTag.PolicyTooStrict)]
    [InlineData(DecisionTag.WrongAction)]
    [InlineData(DecisionTag.NeedsMoreInformation)]
    public async Task DecideAsync_ARejectionsTag_IsToldToTheRequester(DecisionTag tag)
    {
        await using var room = await Room.OpenAsync();

        await room.Host.VoteAsync(room.Ann, room.Id, VoteDecision.Reject, reason: "no", tag: tag);

        var told = await room.Host.ApprovalAsync(room.Agent, room.Id);
        (told.ClosingTag, told.ClosingReason).ShouldBe((tag, "no"));
        (await room.LedgerTextAsync()).ShouldContain($"\"tag\":\"{DecisionTags.NameOf(tag)}\"");
    }

    [Fact]
    public async Task RunAsync_MoreThanMayWait_IsRefused_AndWhatIsOverMakesRoom()
    {
        await using var room = await Room.OpenAsync(terms: "max_pending: 3");
        await room.Host.HeldAsync(room.Agent, """{"to":"bob","amount":1}""");
        var third = await room.Host.HeldAsync(room.Agent, """{"to":"bob","amount":2}""");

        (await room.Host.CallAsync(room.Agent, "pay", """{"to":"bob","amount":3}""")).Code.ShouldBe("too_many_pending");
        (await room.Host.HeldAsync(room.Agent)).ShouldBe(room.Id);
        await room.Host.HeldAsync(await room.Host.AgentAsync(subject: "other@example.com"), """{"to":"bob","amount":3}""");
        await room.Host.WithdrawAsync(room.Agent, third);
        await room.Host.HeldAsync(room.Agent, """{"to":"bob","amount":3}""");
        (await room.Host.CallAsync(room.Agent, "pay", """{"to":"bob","amount":4}""")).Code.ShouldBe("too_many_pending");

        // Expired ones wait no more, swept or not.
        room.Host.Time.Advance(TimeSpan.FromHours(24));
        (await room.Host.CallAsync(room.Agent, "pay", """{"to":"bob","amount":4}""")).Status.ShouldBe(ActionStatus.PendingApproval);
    }

    /// <summary>One payment of acme's agent that waits, and ann who may decide it.</summary>
    private sealed class Room : IAsyncDisposable
    {
        public required FakeUpstream Upstream { get; init; }

        public required TouchstageHost Host { get; init; }

        public required string Agent { get; init; }

        public required string Ann { get; init; }

        public required string Id { get; init; }

        private IApprovals Desk => Host.Services.GetRequiredService<IApprovals>();

        public static async Task<Room> OpenAsync(Func<FakeExchange, Task>? script = null, string terms = "")
        {
            var upstream = FakeUpstream.Start(script ?? (exchange => exchange.ReplyAsync(200, "application/json", "{}")));
            var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(terms));
            var agent = await host.AgentAsync();
            return new() { Upstream = upstream, Host = host, Agent = agent, Ann = await host.ApproverAsync(subject: "ann@example.com"), Id = await host.HeldAsync(agent) };
        }

        public async Task<Result<ApprovalView>> NoteAsync(string key, NoteKind kind, string text = "") =>
            await Desk.NoteAsync(await Host.CallerAsync(key), Id, kind, text, DecisionChannel.Inbox, default);

        public async Task<Result<RevealedArguments>> RevealAsync(string key, string digest) =>
            await Desk.RevealAsync(await Host.CallerAsync(key), Id, digest, DecisionChannel.Inbox, default);

        public async Task<int> EntriesAsync(string kind) => (await AboutAsync()).Count(entry => entry.Kind == kind);

        public async Task<string> LedgerTextAsync() => string.Concat((await AboutAsync()).Select(entry => Encoding.UTF8.GetString(entry.Bytes.AsSpan())));

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Upstream.DisposeAsync();
        }

        private Task<IReadOnlyList<LedgerEntry>> AboutAsync() => Host.Services.GetRequiredService<ILedgerStore>().ReadAboutAsync(TouchstageHost.TenantOf("acme"), Id, default);
    }
}
