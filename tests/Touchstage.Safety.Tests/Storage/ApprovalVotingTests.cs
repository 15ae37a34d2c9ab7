using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class ApprovalVotingTests
{
    [Fact]
    public async Task VoteAsync_QuorumOfOne_Decides()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();

        var receipt = await store.Approvals.VoteAsync(Acme, store.Vote(approval, await store.SessionAsync(Who("paula")), reason: "Fine."), default);

        receipt.Kind.ShouldBe(VoteKind.Decided);
        var row = receipt.Approval.ShouldNotBeNull();
        row.State.ShouldBe(ApprovalState.Approved);
        row.Votes.Single().Voter.ShouldBe(Who("paula"));
        row.Votes.Single().Reason.ShouldBe("Fine.");
        (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task VoteAsync_QuorumOfTwo_NeedsTwoPeople()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync(quorum: 2);
        var paula = await store.SessionAsync(Who("paula"));
        var paulaElsewhere = await store.SessionAsync(Who("paula"));
        var paulaForBoss = await store.SessionAsync(Who("paula", onBehalfOf: "boss"));

        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, paula), default)).Kind.ShouldBe(VoteKind.Recorded);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, paulaElsewhere), default)).Kind.ShouldBe(VoteKind.AlreadyVoted);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, paulaForBoss), default)).Kind.ShouldBe(VoteKind.Recorded);
        (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State.ShouldBe(ApprovalState.Pending);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, await store.SessionAsync(Who("petra"))), default)).Kind.ShouldBe(VoteKind.Decided);
    }

    [Fact]
    public async Task VoteAsync_Rejection_DecidesAtOnceWhateverTheQuorum()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync(quorum: 3);

        var receipt = await store.Approvals.VoteAsync(Acme, store.Vote(approval, await store.SessionAsync(Who("paula")), VoteDecision.Reject, reason: "No."), default);

        receipt.Kind.ShouldBe(VoteKind.Decided);
        (receipt.Approval!.State, receipt.Approval.ClosingCode, receipt.Approval.ClosingReason).ShouldBe((ApprovalState.Rejected, "rejected", "No."));
    }

    [Fact]
    public async Task VoteAsync_VoterLostSessionOrRole_IsRecordedButNotCounted()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync(quorum: 2);
        var revoked = await store.SessionAsync(Who("revoked"));
        var expired = await store.SessionAsync(Who("expired"), lasts: TimeSpan.FromMinutes(1));
        var roleless = await store.SessionAsync(Who("roleless"), role: "intern");
        var agent = await store.SessionAsync(Who("robot"), SessionKind.Agent);
        var good = await store.SessionAsync(Who("good"));

        foreach (var session in new[] { revoked, expired, roleless, agent })
        {
            (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session), default)).Kind.ShouldBe(VoteKind.Recorded);
            if (session == revoked)
            {
                await store.Sessions.RevokeAsync(Acme, revoked.Id, store.Now, default);
                store.Time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        var stolen = store.Vote(approval, good);
        (await store.Approvals.VoteAsync(Acme, stolen with { Vote = stolen.Vote with { Voter = Who("thief") } }, default)).Kind.ShouldBe(VoteKind.Recorded);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, good), default)).Kind.ShouldBe(VoteKind.Recorded);
        (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State.ShouldBe(ApprovalState.Pending);
    }

    [Theory]
    [InlineData("agent", null)]
    [InlineData("AGENT", null)]
    [InlineData("agent", "boss")]
    [InlineData("paula", "agent")]
    public async Task VoteAsync_Requester_NeverVotes(string subject, string? onBehalfOf)
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();
        var session = await store.SessionAsync(Who(subject, onBehalfOf: onBehalfOf));

        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session), default)).Kind.ShouldBe(VoteKind.OwnRequest);
        (await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, session), default)).ShouldBe(VoteKind.OwnRequest);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM votes"))!).ShouldBe(0);
    }

    [Fact]
    public async Task VoteAsync_NoneOrOtherRevisionOrClosedOrExpired_SaysWhich()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync("sha256:1", expires: TimeSpan.FromHours(1));
        var decided = await store.ApprovedAsync("sha256:2");
        var session = await store.SessionAsync(Who("petra"));
        var vote = store.Vote(approval, session);

        (await store.Approvals.VoteAsync(Acme, vote with { ApprovalId = "apr_none" }, default)).ShouldBe(new VoteReceipt(VoteKind.NoSuchApproval, null));
        (await store.Approvals.VoteAsync(Acme, vote with { Vote = vote.Vote with { Revision = 2 } }, default)).Kind.ShouldBe(VoteKind.NewerRevision);
        (await store.Approvals.VoteAsync(Acme, vote with { Vote = vote.Vote with { RevisionDigest = "sha256:b" } }, default)).Kind.ShouldBe(VoteKind.NewerRevision);
        var late = await store.Approvals.VoteAsync(Acme, store.Vote(decided, session), default);
        (late.Kind, late.Approval!.State).ShouldBe((VoteKind.NotPending, ApprovalState.Approved));
        store.Time.Advance(TimeSpan.FromHours(1));
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session), default)).Kind.ShouldBe(VoteKind.NotPending);
    }

    [Fact]
    public async Task VoteAsync_RightCode_DecidesAndTheSameCodeAgainReportsIt()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();
        var session = await store.SessionAsync(Who("paula"));
        (await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, session), default)).ShouldBe(VoteKind.Recorded);

        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session, code: "right"), default)).Kind.ShouldBe(VoteKind.Decided);
        store.Time.Advance(TimeSpan.FromMinutes(20));
        var again = await store.Approvals.VoteAsync(Acme, store.Vote(approval, session, code: "right"), default);

        (again.Kind, again.Approval!.State).ShouldBe((VoteKind.AlreadyVoted, ApprovalState.Approved));
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM votes"))!).ShouldBe(1);
    }

    [Fact]
    public async Task VoteAsync_FiveWrongCodes_LockThisApproverForThisApproval()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync("sha256:1");
        var elsewhere = await store.HeldAsync("sha256:2");
        var session = await store.SessionAsync(Who("paula"));
        var petra = await store.SessionAsync(Who("petra"));
        await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, session), default);
        await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, petra), default);
        await store.Approvals.IssueCodeAsync(Acme, Code(store, elsewhere, session), default);

        for (var n = 0; n < 4; n++)
        {
            (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session, code: "wrong"), default)).Kind.ShouldBe(VoteKind.WrongCode);
        }

        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session, code: "wrong"), default)).Kind.ShouldBe(VoteKind.CodeLocked);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session, code: "right"), default)).Kind.ShouldBe(VoteKind.CodeLocked);
        (await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, session), default)).ShouldBe(VoteKind.CodeLocked);
        (await store.Approvals.VoteAsync(Acme, store.Vote(elsewhere, session, code: "right"), default)).Kind.ShouldBe(VoteKind.Decided);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, petra, code: "right"), default)).Kind.ShouldBe(VoteKind.Decided);
    }

    [Fact]
    public async Task VoteAsync_CodeOfAnotherPersonOrTooOld_IsWrong()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();
        var paula = await store.SessionAsync(Who("paula"));
        var petra = await store.SessionAsync(Who("petra"));
        await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, paula), default);

        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, petra, code: "right"), default)).Kind.ShouldBe(VoteKind.WrongCode);
        store.Time.Advance(TimeSpan.FromMinutes(10));
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, paula, code: "right"), default)).Kind.ShouldBe(VoteKind.WrongCode);
        await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, paula, "fresh"), default);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, paula, code: "right"), default)).Kind.ShouldBe(VoteKind.WrongCode);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, paula, code: "fresh"), default)).Kind.ShouldBe(VoteKind.Decided);
    }

    [Fact]
    public async Task VoteAsync_CodeOfAnEarlierRevision_MeetsTheNewerOneAndIsNoWrongTry()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();
        var session = await store.SessionAsync(Who("paula"));
        await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, session), default);
        var next = approval.Revision with { Number = 2, Digest = "sha256:second" };
        await store.Approvals.ReviseAsync(Acme, new ReviseCommand(approval.Id, 1, "sha256:m", next, approval.Terms, Draft(LedgerKind.ApprovalRevised, approval.Id)), default);

        (await store.Approvals.VoteAsync(Acme, store.Vote(approval with { Revision = next }, session, code: "right"), default)).Kind.ShouldBe(VoteKind.NewerRevision);
        (await store.Approvals.VoteAsync(Acme, store.Vote(approval, session, code: "right"), default)).Kind.ShouldBe(VoteKind.NewerRevision);
        (await store.Approvals.IssueCodeAsync(Acme, Code(store, approval, session), default)).ShouldBe(VoteKind.NewerRevision);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM decision_locks"))!).ShouldBe(0);
    }

    [Fact]
    public async Task IssueCodeAsync_NoneOrDecided_SaysSo()
    {
        await using var store = await WithAcmeAsync();
        var decided = await store.ApprovedAsync();
        var session = await store.SessionAsync(Who("petra"));

        (await store.Approvals.IssueCodeAsync(Acme, Code(store, decided, session) with { ApprovalId = "apr_none" }, default)).ShouldBe(VoteKind.NoSuchApproval);
        (await store.Approvals.IssueCodeAsync(Acme, Code(store, decided, session), default)).ShouldBe(VoteKind.NotPending);
    }

    private static DecisionCodeIssue Code(StoreFixture store, ApprovalRecord approval, SessionRecord session, string hash = "right") =>
        new(approval.Id, approval.Revision.Digest, approval.Revision.Digest, session.Principal, hash, store.Now, store.Now.AddMinutes(10));
}
