using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class StepJournalTests
{
    [Fact]
    public async Task AdmitAsync_NothingInTheWay_WritesTheStepInFlight()
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent();

        var admission = await store.Journal.AdmitAsync(Acme, intent, default);

        admission.ShouldBe(new Admission(AdmissionKind.Written, 0));
        var step = (await store.Journal.FindAsync(Acme, intent.StepId, default)).ShouldNotBeNull();
        step.Status.ShouldBe(StepStatus.InFlight);
        step.Outcome.ShouldBeNull();
        step.RecordedAt.ShouldBe(store.Now);
    }

    [Fact]
    public async Task AdmitAsync_NoSuchTenant_IsRefused()
    {
        await using var store = await WithAcmeAsync();
        (await store.Journal.AdmitAsync(Globex, store.Intent(principal: Who("agent", Globex)), default)).Kind.ShouldBe(AdmissionKind.Refused);
    }

    [Fact]
    public async Task AdmitAsync_IdenticalInFlight_IsADuplicate()
    {
        await using var store = await WithAcmeAsync();
        var first = store.Intent();
        await store.Journal.AdmitAsync(Acme, first, default);

        var second = await store.Journal.AdmitAsync(Acme, store.Intent(), default);

        second.Kind.ShouldBe(AdmissionKind.Duplicate);
        second.Candidate.ShouldBe(-1);
        second.Other.ShouldNotBeNull().StepId.ShouldBe(first.StepId);
    }

    [Fact]
    public async Task AdmitAsync_IdenticalNeverSettledPastItsDeadline_IsADuplicateThatIsUnknown()
    {
        await using var store = await WithAcmeAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent(), default);
        store.Time.Advance(TimeSpan.FromDays(2));

        var second = await store.Journal.AdmitAsync(Acme, store.Intent(), default);

        second.Kind.ShouldBe(AdmissionKind.Duplicate);
        second.Other.ShouldNotBeNull().Status.ShouldBe(StepStatus.Unknown);
    }

    [Fact]
    public async Task AdmitAsync_AnotherPrincipalOrActionOrNone_IsNoDuplicate()
    {
        await using var store = await WithAcmeAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent(), default);
        await store.Journal.AdmitAsync(Acme, store.Intent(action: null), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent(principal: Who("other")), default)).Kind.ShouldBe(AdmissionKind.Written);
        (await store.Journal.AdmitAsync(Acme, store.Intent(action: "sha256:else"), default)).Kind.ShouldBe(AdmissionKind.Written);
        (await store.Journal.AdmitAsync(Acme, store.Intent(action: null), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task AdmitAsync_IdenticalCompleted_AnswersForRepeatAfter(int seconds, bool answers)
    {
        await using var store = await WithAcmeAsync();
        var first = store.Intent();
        await store.Journal.AdmitAsync(Acme, first, default);
        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId), default);
        store.Time.Advance(TimeSpan.FromSeconds(seconds));

        var second = await store.Journal.AdmitAsync(Acme, store.Intent(), default);

        second.Kind.ShouldBe(answers ? AdmissionKind.Duplicate : AdmissionKind.Written);
        second.Other?.Outcome.ShouldBe("""{"status":"done"}""");
    }

    [Fact]
    public async Task AdmitAsync_IdenticalFailed_RunsAgain()
    {
        await using var store = await WithAcmeAsync();
        var first = store.Intent();
        await store.Journal.AdmitAsync(Acme, first, default);
        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId, StepStatus.Failed), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent(), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_Claim_MovesTheApprovalToExecutingAndPassesACompletedRepeat()
    {
        await using var store = await WithAcmeAsync();
        var earlier = store.Intent();
        await store.Journal.AdmitAsync(Acme, earlier, default);
        await store.Journal.SettleAsync(Acme, store.Settle(earlier.StepId), default);
        store.Time.Advance(TimeSpan.FromSeconds(61));
        var approval = await store.ApprovedAsync();
        var again = store.Intent(claim: Claim(approval), repeatAfter: TimeSpan.FromHours(1));

        (await store.Journal.AdmitAsync(Acme, again, default)).ShouldBe(new Admission(AdmissionKind.Written, 0));

        var row = (await store.Approvals.FindAsync(Acme, approval.Id, default)).ShouldNotBeNull();
        row.State.ShouldBe(ApprovalState.Executing);
        row.StepId.ShouldBe(again.StepId);
        (await store.Journal.FindAsync(Acme, again.StepId, default)).ShouldNotBeNull().ApprovalId.ShouldBe(approval.Id);
    }

    [Fact]
    public async Task AdmitAsync_ClaimOfAnUnknownRepeat_IsADuplicate()
    {
        await using var store = await WithAcmeAsync();
        var earlier = await store.ApprovedAsync();
        var first = store.Intent(claim: Claim(earlier));
        await store.Journal.AdmitAsync(Acme, first, default);
        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId, StepStatus.Failed), default);
        var approval = await store.ApprovedAsync();
        var second = store.Intent(claim: Claim(approval));
        (await store.Journal.AdmitAsync(Acme, second, default)).Kind.ShouldBe(AdmissionKind.Written);

        // In flight, and unknown once its deadline has passed: either way it stands in the way of its own claim's second try.
        (await store.Journal.AdmitAsync(Acme, store.Intent(claim: Claim(approval)), default)).Kind.ShouldBe(AdmissionKind.Duplicate);
        await store.Journal.SettleAsync(Acme, store.Settle(second.StepId, StepStatus.Unknown), default);
        (await store.Journal.AdmitAsync(Acme, store.Intent(claim: Claim(approval)), default)).Kind.ShouldBe(AdmissionKind.Duplicate);
        (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State.ShouldBe(ApprovalState.Unknown);
    }

    [Fact]
    public async Task AdmitAsync_IdenticalActionIsHeldOrWasRejected_ThatApprovalAnswers()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();

        var admission = await store.Journal.AdmitAsync(Acme, store.Intent(), default);

        (admission.Kind, admission.Approval?.Id).ShouldBe((AdmissionKind.AlreadyHeld, approval.Id));
        (await store.Journal.AdmitAsync(Acme, store.Intent(null), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_ClaimThatIsNotApprovedAtThatRevision_IsLost()
    {
        await using var store = await WithAcmeAsync();
        var pending = await store.HeldAsync("sha256:pending");
        var approved = await store.ApprovedAsync();
        var claim = Claim(approved);

        async Task Lost(ApprovalClaim lost, string action = "sha256:action", string who = "agent") =>
            (await store.Journal.AdmitAsync(Acme, store.Intent(action, Who(who), lost), default)).Kind.ShouldBe(AdmissionKind.ClaimLost);

        await Lost(Claim(pending), "sha256:pending");
        await Lost(claim with { ApprovalId = "apr_none" });
        await Lost(claim with { Revision = 2 });
        await Lost(claim with { RevisionDigest = "sha256:other" });
        await Lost(claim, who: "somebody");
        store.Time.Advance(TimeSpan.FromHours(24));
        await Lost(claim);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM steps"))!).ShouldBe(0);
    }

    [Fact]
    public async Task AdmitAsync_SecondClaim_IsLost()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();
        var first = store.Intent(claim: Claim(approval));
        await store.Journal.AdmitAsync(Acme, first, default);
        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent(claim: Claim(approval)), default)).Kind.ShouldBe(AdmissionKind.ClaimLost);
    }

    [Theory]
    [InlineData(StepStatus.Completed, ApprovalState.Succeeded)]
    [InlineData(StepStatus.Failed, ApprovalState.Failed)]
    [InlineData(StepStatus.Unknown, ApprovalState.Unknown)]
    public async Task SettleAsync_OfAClaim_MovesTheApprovalAndKeepsTheOutcome(StepStatus status, ApprovalState state)
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();
        var intent = store.Intent(claim: Claim(approval));
        await store.Journal.AdmitAsync(Acme, intent, default);

        (await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, status), default)).ShouldBe(SettleKind.Written);

        var row = (await store.Approvals.FindAsync(Acme, approval.Id, default)).ShouldNotBeNull();
        row.State.ShouldBe(state);
        row.Outcome.ShouldBe("""{"status":"done"}""");
        (await store.Journal.FindAsync(Acme, intent.StepId, default)).ShouldNotBeNull().Status.ShouldBe(status);
    }

    [Fact]
    public async Task SettleAsync_UnknownThenEvidence_SettlesOnceMoreAndNeverAgain()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();
        var intent = store.Intent(claim: Claim(approval));
        await store.Journal.AdmitAsync(Acme, intent, default);
        store.Time.Advance(TimeSpan.FromMinutes(5));

        async Task<SettleKind> As(StepStatus status) => await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, status, note: status.ToString()), default);

        (await As(StepStatus.Unknown)).ShouldBe(SettleKind.Written);
        (await As(StepStatus.Unknown)).ShouldBe(SettleKind.AlreadySettled);
        (await As(StepStatus.Completed)).ShouldBe(SettleKind.Written);
        (await As(StepStatus.Failed)).ShouldBe(SettleKind.AlreadySettled);
        (await As(StepStatus.Unknown)).ShouldBe(SettleKind.AlreadySettled);
        var row = (await store.Approvals.FindAsync(Acme, approval.Id, default)).ShouldNotBeNull();
        row.State.ShouldBe(ApprovalState.Succeeded);
        row.Outcome.ShouldBe("""{"status":"Completed"}""");
    }

    [Fact]
    public async Task SettleAsync_NoSuchStep_SaysSo()
    {
        await using var store = await WithAcmeAsync();
        (await store.Journal.SettleAsync(Acme, store.Settle("stp_none"), default)).ShouldBe(SettleKind.NoSuchStep);
    }

    [Fact]
    public async Task SettleAsync_CallerHasGone_SettlesAllTheSame()
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent();
        await store.Journal.AdmitAsync(Acme, intent, default);

        (await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId), new CancellationToken(canceled: true))).ShouldBe(SettleKind.Written);
    }

    [Fact]
    public async Task SettleAsync_InFlightOrReleasingWhatMayHaveHappened_IsBrokenCode()
    {
        await using var store = await WithAcmeAsync();
        await Should.ThrowAsync<ArgumentException>(() => store.Journal.SettleAsync(Acme, store.Settle("stp", StepStatus.InFlight), default));
        await Should.ThrowAsync<ArgumentException>(() => store.Journal.SettleAsync(Acme, store.Settle("stp", StepStatus.Unknown, releases: true), default));
    }

    [Fact]
    public async Task FindAsync_AnotherTenantsStep_IsNotThere()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        var intent = store.Intent();
        await store.Journal.AdmitAsync(Acme, intent, default);

        (await store.Journal.FindAsync(Globex, intent.StepId, default)).ShouldBeNull();
        (await store.Journal.SettleAsync(Globex, store.Settle(intent.StepId), default)).ShouldBe(SettleKind.NoSuchStep);
    }
    [Fact]
    public async Task SettleAsync_Hindsight_SettlesWhatIsUnknownAndNeverWhatIsInFlight()
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent();
        await store.Journal.AdmitAsync(Acme, intent, default);

        (await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId) with { IsHindsight = true }, default)).ShouldBe(SettleKind.InFlight);
        (await store.Journal.FindAsync(Acme, intent.StepId, default)).ShouldNotBeNull().Status.ShouldBe(StepStatus.InFlight);
        store.Time.Advance(TimeSpan.FromSeconds(30));
        (await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, StepStatus.Failed) with { IsHindsight = true }, default)).ShouldBe(SettleKind.Written);
        (await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId) with { IsHindsight = true }, default)).ShouldBe(SettleKind.AlreadySettled);
    }

    [Fact]
    public async Task LookAsync_IsTakenOnceWhenItIsDue_EverLater_AndThenNeverAgain()
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent(verifyAfter: TimeSpan.FromSeconds(10));
        await store.Journal.AdmitAsync(Acme, intent, default);
        store.Time.Advance(TimeSpan.FromSeconds(30));
        // Past its deadline, but nobody has said so yet.
        (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);
        await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, StepStatus.Unknown), default);
        (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);

        foreach (var wait in (int[])[10, 60, 300, 1_800, 7_200])
        {
            store.Time.Advance(TimeSpan.FromSeconds(wait - 1));
            (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);
            store.Time.Advance(TimeSpan.FromSeconds(1));
            (await store.DueAsync()).ShouldBe([(DueKind.Verify, intent.StepId)]);
            (await LookAsync(store, intent)).ShouldBe(LookKind.Claimed);
            (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);
            (await store.DueAsync()).ShouldBeEmpty();
        }

        store.Time.Advance(TimeSpan.FromDays(9));
        (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);
        var step = (await store.Journal.FindAsync(Acme, intent.StepId, default)).ShouldNotBeNull();
        (step.VerifyAt, step.Looks).ShouldBe((null, VerifySchedule.MaxLooks));
        (await store.Journal.LookAsync(Globex, intent.StepId, leavesToPeople: false, default)).ShouldBe(LookKind.NotDue);
    }

    [Theory]
    [InlineData(StepStatus.Completed)]
    [InlineData(StepStatus.Failed)]
    internal async Task LookAsync_AStepWhoseOutcomeIsKnown_IsNotDue(StepStatus status)
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent(verifyAfter: TimeSpan.FromSeconds(10));
        await store.Journal.AdmitAsync(Acme, intent, default);
        await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, status), default);
        store.Time.Advance(TimeSpan.FromHours(1));

        (await store.DueAsync()).ShouldBeEmpty();
        (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);
    }

    [Fact]
    public async Task LookAsync_LeftToPeople_IsNotDueAnyMore()
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent(verifyAfter: TimeSpan.FromSeconds(10));
        await store.Journal.AdmitAsync(Acme, intent, default);
        await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, StepStatus.Unknown), default);
        store.Time.Advance(TimeSpan.FromSeconds(40));

        (await store.Journal.LookAsync(Acme, intent.StepId, leavesToPeople: true, default)).ShouldBe(LookKind.LeftToPeople);
        store.Time.Advance(TimeSpan.FromDays(1));
        (await store.DueAsync()).ShouldBeEmpty();
        (await LookAsync(store, intent)).ShouldBe(LookKind.NotDue);
    }

    [Fact]
    public async Task ListUnknownAsync_NamesWhatMayHaveChangedSomethingAndNobodyKnows()
    {
        await using var store = await WithAcmeAsync();
        var (unknown, abandoned, lookUp, done) = (store.Intent("a"), store.Intent("b"), store.Intent(action: null), store.Intent("d"));
        foreach (var intent in (StepIntent[])[unknown, abandoned, lookUp, done])
        {
            await store.Journal.AdmitAsync(Acme, intent, default);
        }

        await store.Journal.SettleAsync(Acme, store.Settle(unknown.StepId, StepStatus.Unknown), default);
        await store.Journal.SettleAsync(Acme, store.Settle(done.StepId), default);
        (await ListAsync(store)).ShouldBe([unknown.StepId]);
        store.Time.Advance(TimeSpan.FromSeconds(30));

        (await ListAsync(store)).ShouldBe([unknown.StepId, abandoned.StepId]);
        (await store.Journal.ListUnknownAsync(Globex, 10, default)).ShouldBeEmpty();
    }

    private static Task<LookKind> LookAsync(StoreFixture store, StepIntent intent) => store.Journal.LookAsync(Acme, intent.StepId, leavesToPeople: false, default);

    private static async Task<IEnumerable<string>> ListAsync(StoreFixture store) => (await store.Journal.ListUnknownAsync(Acme, 10, default)).Select(step => step.StepId);
}
