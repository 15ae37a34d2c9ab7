using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class ApprovalStoreTests
{
    [Fact]
    public async Task HoldAsync_NothingStandsForIt_IsHeldAndReadsBackAsGiven()
    {
        await using var store = await WithAcmeAsync();
        var command = store.Hold();

        var receipt = await store.Approvals.HoldAsync(Acme, command, default);

        receipt.Kind.ShouldBe(HoldKind.Held);
        var found = (await store.Approvals.FindAsync(Acme, command.Approval.Id, default)).ShouldNotBeNull();
        foreach (var approval in new[] { receipt.Approval.ShouldNotBeNull(), found })
        {
            var asked = command.Approval;
            approval.ShouldBe(asked with { Revision = approval.Revision, First = approval.First, Terms = approval.Terms, Votes = approval.Votes, Notes = approval.Notes });
            approval.Revision.ShouldBe(asked.Revision with { Case = approval.Revision.Case, Reasons = approval.Revision.Reasons });
            approval.Revision.Case.Text.ShouldBe(asked.Revision.Case.Text);
            approval.Revision.Reasons.ShouldBe(asked.Revision.Reasons);
            approval.Terms.AreSameAs(asked.Terms).ShouldBeTrue();
            approval.Votes.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("approved")]
    [InlineData("executing")]
    public async Task HoldAsync_Undecided_NamesTheRowThatIsThere(string state)
    {
        await using var store = await WithAcmeAsync();
        var first = state == "pending" ? await store.HeldAsync() : await store.ApprovedAsync();
        if (state == "executing")
        {
            await store.Journal.AdmitAsync(Acme, store.Intent(claim: Claim(first)), default);
        }

        var receipt = await store.Approvals.HoldAsync(Acme, store.Hold(), default);

        receipt.Kind.ShouldBe(HoldKind.AlreadyHeld);
        receipt.Approval.ShouldNotBeNull().Id.ShouldBe(first.Id);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM approvals"))!).ShouldBe(1);
        ((long)(await store.LookAsync($"SELECT COUNT(*) FROM ledger WHERE Kind = '{LedgerKind.ApprovalCreated}'"))!).ShouldBe(1);
    }

    [Fact]
    public async Task HoldAsync_AnotherPrincipalOrAnExpiredRow_IsHeldAnew()
    {
        await using var store = await WithAcmeAsync();
        await store.HeldAsync();
        (await store.Approvals.HoldAsync(Acme, store.Hold(Who("other")), default)).Kind.ShouldBe(HoldKind.Held);
        store.Time.Advance(TimeSpan.FromHours(24));
        (await store.Approvals.HoldAsync(Acme, store.Hold(), default)).Kind.ShouldBe(HoldKind.Held);
    }

    [Fact]
    public async Task HoldAsync_RejectedWithinMemory_CarriesTheReason()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();
        await store.Approvals.VoteAsync(Acme, store.Vote(approval, await store.SessionAsync(Who("paula")), VoteDecision.Reject, reason: "Not this customer."), default);

        store.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var receipt = await store.Approvals.HoldAsync(Acme, store.Hold(), default);
        receipt.Kind.ShouldBe(HoldKind.RejectedBefore);
        receipt.Approval.ShouldNotBeNull().ClosingReason.ShouldBe("Not this customer.");
        receipt.Approval.ClosingCode.ShouldBe("rejected");

        store.Time.Advance(TimeSpan.FromSeconds(1));
        (await store.Approvals.HoldAsync(Acme, store.Hold(), default)).Kind.ShouldBe(HoldKind.Held);
    }

    [Fact]
    public async Task HoldAsync_StepOfTheIdenticalAction_Repeats()
    {
        await using var store = await WithAcmeAsync();
        var step = store.Intent();
        await store.Journal.AdmitAsync(Acme, step, default);

        (await store.Approvals.HoldAsync(Acme, store.Hold(), default)).ShouldBe(new HoldReceipt(HoldKind.Repeats, null, step.StepId));
        await store.Journal.SettleAsync(Acme, store.Settle(step.StepId), default);
        store.Time.Advance(TimeSpan.FromSeconds(59));
        (await store.Approvals.HoldAsync(Acme, store.Hold(), default)).Kind.ShouldBe(HoldKind.Repeats);
        store.Time.Advance(TimeSpan.FromSeconds(1));
        (await store.Approvals.HoldAsync(Acme, store.Hold(), default)).Kind.ShouldBe(HoldKind.Held);
    }

    [Fact]
    public async Task HoldAsync_TooManyPending_WritesNothing()
    {
        await using var store = await WithAcmeAsync();
        for (var n = 0; n < 3; n++)
        {
            (await store.Approvals.HoldAsync(Acme, store.Hold(action: $"sha256:{n}", maxPending: 3), default)).Kind.ShouldBe(HoldKind.Held);
        }

        (await store.Approvals.HoldAsync(Acme, store.Hold(action: "sha256:3", maxPending: 3), default)).ShouldBe(new HoldReceipt(HoldKind.TooManyPending, null, null));
        (await store.Approvals.HoldAsync(Acme, store.Hold(Who("other"), "sha256:3", maxPending: 3), default)).Kind.ShouldBe(HoldKind.Held);
    }

    [Fact]
    public async Task ReviseAsync_Pending_ReplacesTheRevisionAndVotesFall()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync(quorum: 2);
        var paula = await store.SessionAsync(Who("paula"));
        await store.Approvals.VoteAsync(Acme, store.Vote(approval, paula), default);

        (await store.Approvals.ReviseAsync(Acme, Revise(store, approval), default)).ShouldBe(ApprovalWrite.Written);
        (await store.Approvals.ReviseAsync(Acme, Revise(store, approval), default)).ShouldBe(ApprovalWrite.MovedOn);

        var revised = (await store.Approvals.FindAsync(Acme, approval.Id, default)).ShouldNotBeNull();
        (revised.State, revised.Revision.Number, revised.ManifestDigest, revised.Votes.Length).ShouldBe((ApprovalState.Pending, 2, "sha256:manifest2", 1));
        (await store.Approvals.VoteAsync(Acme, store.Vote(revised, await store.SessionAsync(Who("petra"))), default)).Kind.ShouldBe(VoteKind.Recorded);
        (await store.Approvals.VoteAsync(Acme, store.Vote(revised, paula), default)).Kind.ShouldBe(VoteKind.Decided);
    }

    [Fact]
    public async Task ReviseAsync_Approved_IsPendingAgainAndCannotBeClaimed()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();

        (await store.Approvals.ReviseAsync(Acme, Revise(store, approval), default)).ShouldBe(ApprovalWrite.Written);

        (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State.ShouldBe(ApprovalState.Pending);
        (await store.Journal.AdmitAsync(Acme, store.Intent(claim: Claim(approval)), default)).Kind.ShouldBe(AdmissionKind.ClaimLost);
    }

    [Fact]
    public async Task ReviseAsync_NoneOrClosedOrExpired_IsNotWritten()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync(expires: TimeSpan.FromHours(1));
        (await store.Approvals.ReviseAsync(Acme, Revise(store, approval) with { ApprovalId = "apr_none" }, default)).ShouldBe(ApprovalWrite.NoSuchApproval);
        store.Time.Advance(TimeSpan.FromHours(1));
        (await store.Approvals.ReviseAsync(Acme, Revise(store, approval), default)).ShouldBe(ApprovalWrite.MovedOn);
    }

    [Fact]
    public async Task CloseAsync_PendingOrApproved_Ends()
    {
        await using var store = await WithAcmeAsync();
        var pending = await store.HeldAsync("sha256:1");
        var approved = await store.ApprovedAsync("sha256:2");

        (await store.Approvals.CloseAsync(Acme, Close(store, pending, ApprovalState.Expired), default)).ShouldBe(ApprovalWrite.Written);
        (await store.Approvals.CloseAsync(Acme, Close(store, approved, ApprovalState.Refused), default)).ShouldBe(ApprovalWrite.Written);
        (await store.Approvals.CloseAsync(Acme, Close(store, approved, ApprovalState.Withdrawn), default)).ShouldBe(ApprovalWrite.MovedOn);
        (await store.Approvals.CloseAsync(Acme, Close(store, approved, ApprovalState.Withdrawn) with { ApprovalId = "apr_none" }, default)).ShouldBe(ApprovalWrite.NoSuchApproval);

        var closed = (await store.Approvals.FindAsync(Acme, approved.Id, default)).ShouldNotBeNull();
        (closed.State, closed.ClosingCode, closed.ClosingReason).ShouldBe((ApprovalState.Refused, "code", "reason"));
        await Should.ThrowAsync<ArgumentException>(() => store.Approvals.CloseAsync(Acme, Close(store, pending, ApprovalState.Succeeded), default));
    }

    [Fact]
    public async Task CloseAsync_Executing_HasMovedOn()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent(claim: Claim(approval)), default);

        (await store.Approvals.CloseAsync(Acme, Close(store, approval, ApprovalState.Withdrawn), default)).ShouldBe(ApprovalWrite.MovedOn);
    }

    [Fact]
    public async Task ListAsync_PendingByRoleAndOwnByPrincipal_AndOnlyOfThatTenant()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.Approvals.HoldAsync(Globex, store.Hold(Who("agent", Globex)), default);
        var first = await store.HeldAsync("sha256:1");
        store.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await store.HeldAsync("sha256:2");
        store.Time.Advance(TimeSpan.FromSeconds(1));
        var approved = await store.ApprovedAsync("sha256:3");

        (await store.Approvals.ListPendingAsync(Acme, first.Terms.Approvers, null, 10, default)).Approvals.Select(row => row.Id).ShouldBe([first.Id, second.Id]);
        var page = await store.Approvals.ListPendingAsync(Acme, first.Terms.Approvers, null, 1, default);
        page.Approvals.Select(row => row.Id).ShouldBe([first.Id]);
        (await store.Approvals.ListPendingAsync(Acme, first.Terms.Approvers, page.Next, 10, default)).Approvals.Select(row => row.Id).ShouldBe([second.Id]);
        (await store.Approvals.ListPendingAsync(Acme, ["nobody"], null, 10, default)).Approvals.ShouldBeEmpty();
        (await store.Approvals.CountPendingAsync(Acme, first.Terms.Approvers, 10, default)).ShouldBe(2);
        (await store.Approvals.CountPendingAsync(Acme, first.Terms.Approvers, 1, default)).ShouldBe(1);
        (await store.Approvals.ListOfAsync(Acme, first.Requester, 10, default)).Select(row => row.Id).ShouldBe([approved.Id, second.Id, first.Id]);
        (await store.Approvals.ListOfAsync(Acme, Who("other"), 10, default)).ShouldBeEmpty();
        (await store.Approvals.FindAsync(Globex, first.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task CloseAsync_JudgedRevisionIsNotTheApprovedOneAnyMore_HasMovedOn()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();

        (await store.Approvals.CloseAsync(Acme, Close(store, approval, ApprovalState.Refused) with { FromRevision = 2 }, default)).ShouldBe(ApprovalWrite.MovedOn);
        (await store.Approvals.CloseAsync(Acme, Close(store, approval, ApprovalState.Refused) with { FromRevision = 1 }, default)).ShouldBe(ApprovalWrite.Written);
    }

    [Fact]
    public async Task RecentAsync_StepsOfTheCapability_PutsTheIdenticalFirstAndLeavesFactsOut()
    {
        await using var store = await WithAcmeAsync();
        var approval = store.Hold().Approval;
        var identical = store.Intent();
        var other = store.Intent(principal: Who("other"));
        await store.Journal.AdmitAsync(Acme, identical, default);
        store.Time.Advance(TimeSpan.FromSeconds(1));
        await store.Journal.AdmitAsync(Acme, other, default);
        await store.Journal.AdmitAsync(Acme, store.Intent(null) with { Scope = "fact:refund_user.customer" }, default);
        await store.Journal.SettleAsync(Acme, store.Settle(other.StepId), default);

        var recent = await store.Approvals.RecentAsync(approval, 10, default);

        recent.Select(action => (action.StepId, action.Status, action.IsIdentical)).ShouldBe([(identical.StepId, "in_flight", true), (other.StepId, "completed", false)]);
        store.Time.Advance(TimeSpan.FromSeconds(30));
        (await store.Approvals.RecentAsync(approval, 10, default))[0].Status.ShouldBe("unknown");
    }

    [Fact]
    public async Task RecentAsync_WhatWasAskedForAndNotExecuted_SaysHowItEnded()
    {
        await using var store = await WithAcmeAsync();
        var rejected = await store.HeldAsync("sha256:other");
        await store.Approvals.VoteAsync(Acme, store.Vote(rejected, await store.SessionAsync(Who("paula")), VoteDecision.Reject), default);
        var held = await store.HeldAsync();

        (await store.Approvals.RecentAsync(held, 10, default)).Select(action => (action.StepId, action.Status)).ShouldBe([(rejected.Id, "rejected")]);
    }

    private static ReviseCommand Revise(StoreFixture store, ApprovalRecord approval) => new(
        approval.Id,
        approval.Revision.Number,
        "sha256:manifest2",
        approval.Revision with { Number = approval.Revision.Number + 1, Digest = $"{approval.Revision.Digest}+", At = store.Now },
        approval.Terms,
        Draft(LedgerKind.ApprovalRevised, approval.Id));

    private static CloseCommand Close(StoreFixture store, ApprovalRecord approval, ApprovalState state) =>
        new(approval.Id, null, state, "code", "reason", store.Now, Draft(LedgerKind.ApprovalClosed, approval.Id));
}
