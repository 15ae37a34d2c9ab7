using Touchstage.Safety.Policies;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class LimitWindowsTests
{
    [Fact]
    public async Task AdmitAsync_SixthOfFive_IsSpentUntilTheWindowHasPassed()
    {
        await using var store = await WithAcmeAsync();
        for (var n = 0; n < 5; n++)
        {
            (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use()]]), default)).Kind.ShouldBe(AdmissionKind.Written);
        }

        var sixth = await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use()]]), default);
        sixth.ShouldBe(new Admission(AdmissionKind.LimitSpent, Spent: Use()));

        store.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use()]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);
        store.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use()]]), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_SumOfTenths_IsExact()
    {
        await using var store = await WithAcmeAsync();
        // Ten times 0.1 is 0.9999999999999999 in binary floating point, where an eleventh 0.0000000000000001 would still fit.
        for (var n = 0; n < 10; n++)
        {
            (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(amount: 0.1m, max: 1m)]]), default)).Kind.ShouldBe(AdmissionKind.Written);
        }

        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(amount: 0.0000000000000001m, max: 1m)]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);
        ((string)(await store.LookAsync("SELECT DISTINCT typeof(Amount) FROM limit_uses"))!).ShouldBe("text");
    }

    [Fact]
    public async Task AdmitAsync_FirstCandidateSpent_TakesTheNextAndUsesOnlyItsLimits()
    {
        await using var store = await WithAcmeAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use("a", max: 1)]]), default);

        var admission = await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use("b", max: 1), Use("a", max: 1)], [Use("c", max: 1)]]), default);

        admission.ShouldBe(new Admission(AdmissionKind.Written, 1));
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM limit_uses WHERE LimitKey = 'b'"))!).ShouldBe(0);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM limit_uses WHERE LimitKey = 'c'"))!).ShouldBe(1);
    }

    [Fact]
    public async Task AdmitAsync_AllSpent_NamesTheLastUnlessOneRefuses()
    {
        await using var store = await WithAcmeAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use("a", max: 1), Use("b", max: 1)]]), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use("a", max: 1)], [Use("b", max: 1)]]), default)).Spent.ShouldBe(Use("b", max: 1));
        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use("a", max: 1, refuses: true)], [Use("b", max: 1)]]), default)).Spent
            .ShouldBe(Use("a", max: 1, refuses: true));
    }

    [Fact]
    public async Task AdmitAsync_SameKeyWithTwoWindows_IsRecordedOnceAndHeldToBoth()
    {
        await using var store = await WithAcmeAsync();
        var hourly = Use(max: 2);
        var daily = Use(max: 3, window: TimeSpan.FromDays(1));
        async Task<Admission> Again() => await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[hourly, daily]]), default);

        (await Again()).Kind.ShouldBe(AdmissionKind.Written);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM limit_uses"))!).ShouldBe(1);
        (await Again()).Kind.ShouldBe(AdmissionKind.Written);
        (await Again()).Spent.ShouldBe(hourly);
        store.Time.Advance(TimeSpan.FromHours(2));
        (await Again()).Kind.ShouldBe(AdmissionKind.Written);
        (await Again()).Spent.ShouldBe(daily);
    }

    [Fact]
    public async Task AdmitAsync_ReleasedUse_GivesItsRoomBack()
    {
        await using var store = await WithAcmeAsync();
        var first = store.Intent(null, candidates: [[Use(max: 1)]]);
        await store.Journal.AdmitAsync(Acme, first, default);
        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId, StepStatus.Failed, releases: true), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(max: 1)]]), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_FailedWithoutRelease_KeepsItsUse()
    {
        await using var store = await WithAcmeAsync();
        var first = store.Intent(null, candidates: [[Use(max: 1)]]);
        await store.Journal.AdmitAsync(Acme, first, default);
        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId, StepStatus.Failed), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(max: 1)]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);
    }

    [Fact]
    public async Task AdmitAsync_Claim_CountsPastTheLimitButNotPastAHardOne()
    {
        await using var store = await WithAcmeAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use("soft", max: 1), Use("hard", max: 2, hard: true)]]), default);
        var first = await store.ApprovedAsync("sha256:1");
        var second = await store.ApprovedAsync("sha256:2");

        var past = await store.Journal.AdmitAsync(
            Acme, store.Intent("sha256:1", claim: Claim(first), candidates: [[Use("soft", max: 1), Use("hard", max: 2, hard: true)]]), default);
        var refused = await store.Journal.AdmitAsync(
            Acme, store.Intent("sha256:2", claim: Claim(second), candidates: [[Use("soft", max: 1), Use("hard", max: 2, hard: true)]]), default);

        past.Kind.ShouldBe(AdmissionKind.Written);
        refused.ShouldBe(new Admission(AdmissionKind.LimitSpent, Spent: Use("hard", max: 2, hard: true)));
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM limit_uses WHERE LimitKey = 'soft'"))!).ShouldBe(2);
    }

    [Fact]
    public async Task AdmitAsync_SameKeyOfAnotherTenant_HasItsOwnHistory()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(max: 1)]]), default);

        (await store.Journal.AdmitAsync(Globex, store.Intent(null, Who("agent", Globex), candidates: [[Use(max: 1)]]), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_NegativeUse_IsBrokenCode()
    {
        await using var store = await WithAcmeAsync();
        await Should.ThrowAsync<ArgumentException>(() => store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(amount: -1)]]), default));
    }

    [Theory]
    [InlineData(StepStatus.Completed, false, true)]
    [InlineData(StepStatus.Failed, false, true)]
    [InlineData(StepStatus.Failed, true, true)]
    [InlineData(StepStatus.Unknown, false, false)]
    public async Task AdmitAsync_Concurrent_AStepKeepsItsPlaceUntilItIsKnownWhatBecameOfIt(StepStatus status, bool releases, bool hasRoom)
    {
        await using var store = await WithAcmeAsync();
        var first = store.Intent("sha256:1", candidates: [[Open()]]);
        (await store.Journal.AdmitAsync(Acme, first, default)).Kind.ShouldBe(AdmissionKind.Written);
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:2", candidates: [[Open()]]), default)).Spent.ShouldBe(Open());
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:2", candidates: [[Open("other")]]), default)).Kind.ShouldBe(AdmissionKind.Written);

        await store.Journal.SettleAsync(Acme, store.Settle(first.StepId, status, releases), default);

        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:3", candidates: [[Open()]]), default)).Kind
            .ShouldBe(hasRoom ? AdmissionKind.Written : AdmissionKind.LimitSpent);
    }

    [Fact]
    public async Task AdmitAsync_Concurrent_AnUnknownStepMakesRoomOnlyWhenItIsResolved()
    {
        await using var store = await WithAcmeAsync();
        var lost = store.Intent("sha256:1", candidates: [[Open()]]);
        await store.Journal.AdmitAsync(Acme, lost, default);
        store.Time.Advance(TimeSpan.FromDays(400));
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:2", candidates: [[Open()]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);

        await store.Journal.SettleAsync(Acme, store.Settle(lost.StepId) with { IsHindsight = true }, default);

        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:2", candidates: [[Open()]]), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_Concurrent_AStepThatChangesNothingMakesRoomAtItsDeadline()
    {
        await using var store = await WithAcmeAsync();
        var read = store.Intent(null, candidates: [[Open()]]);
        await store.Journal.AdmitAsync(Acme, read, default);
        store.Time.Advance(read.Deadline - store.Now - TimeSpan.FromMilliseconds(1));
        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Open()]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);

        store.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Open()]]), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    [Fact]
    public async Task AdmitAsync_Concurrent_AClaimCountsAndOnlyAHardOneRefusesIt()
    {
        await using var store = await WithAcmeAsync();
        await store.Journal.AdmitAsync(Acme, store.Intent("sha256:0", candidates: [[Open(), Open("hard", hard: true)]]), default);
        var first = await store.ApprovedAsync("sha256:1");
        var second = await store.ApprovedAsync("sha256:2");

        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:1", claim: Claim(first), candidates: [[Open()]]), default)).Kind.ShouldBe(AdmissionKind.Written);
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:2", claim: Claim(second), candidates: [[Open(), Open("hard", hard: true)]]), default)).Spent
            .ShouldBe(Open("hard", hard: true));
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:3", candidates: [[Open(max: 2)]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:3", candidates: [[Open(max: 3)]]), default)).Kind.ShouldBe(AdmissionKind.Written);
    }

    private static LimitUse Open(string key = "open", decimal max = 1, bool hard = false) => new(key, 1, max, TimeSpan.Zero, hard, false, $"concurrent {max}", CountsOpen: true);
}
