using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>Several stores on one file, each with its own queue and connections, as several processes have. ATTACKS 5, 6 and 14.</summary>
public sealed class ParallelProcessesTests
{
    [Fact]
    public async Task A_limit_of_five_never_lets_a_sixth_through()
    {
        await using var store = await WithAcmeAsync();
        var processes = new[] { store.Rooms, store.Open(), store.Open() };
        var intents = Enumerable.Range(0, 60).Select(n => (Rooms: processes[n % 3], Intent: store.Intent(null, candidates: [[Use()]]))).ToList();

        var admissions = await Task.WhenAll(intents.Select(item => Task.Run(() => item.Rooms.Get<IStepJournal>().AdmitAsync(Acme, item.Intent, default))));

        admissions.Count(admission => admission.Kind == AdmissionKind.Written).ShouldBe(5);
        admissions.Count(admission => admission.Kind == AdmissionKind.LimitSpent).ShouldBe(55);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM steps"))!).ShouldBe(5);
        ((long)(await store.LookAsync($"SELECT COUNT(*) FROM ledger WHERE Kind = '{LedgerKind.StepRecorded}'"))!).ShouldBe(5);
    }

    [Fact]
    public async Task Of_what_may_be_under_way_once_a_second_never_gets_in()
    {
        await using var store = await WithAcmeAsync();
        var processes = new[] { store.Rooms, store.Open(), store.Open() };
        var intents = Enumerable.Range(0, 30).Select(n => (Rooms: processes[n % 3], Intent: store.Intent($"sha256:{n}", candidates: [[Use() with { Max = 1, Window = TimeSpan.Zero, CountsOpen = true }]]))).ToList();

        var admissions = await Task.WhenAll(intents.Select(item => Task.Run(() => item.Rooms.Get<IStepJournal>().AdmitAsync(Acme, item.Intent, default))));

        admissions.Count(admission => admission.Kind == AdmissionKind.Written).ShouldBe(1);
        admissions.Count(admission => admission.Kind == AdmissionKind.LimitSpent).ShouldBe(29);
    }

    [Fact]
    public async Task Many_claims_of_one_approval_record_one_step()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();
        var processes = new[] { store.Rooms, store.Open(), store.Open() };
        // Without an action digest nothing but the claim itself can keep the others out.
        var intents = Enumerable.Range(0, 30).Select(n => (Rooms: processes[n % 3], Intent: store.Intent(null, claim: Claim(approval)))).ToList();

        var admissions = await Task.WhenAll(intents.Select(item => Task.Run(() => item.Rooms.Get<IStepJournal>().AdmitAsync(Acme, item.Intent, default))));

        admissions.Count(admission => admission.Kind == AdmissionKind.Written).ShouldBe(1);
        admissions.Count(admission => admission.Kind == AdmissionKind.ClaimLost).ShouldBe(29);
    }

    [Fact]
    public async Task Many_deciders_at_once_one_decides_and_the_others_learn_how()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();
        var processes = new[] { store.Rooms, store.Open(), store.Open() };
        var votes = new List<(StoreRooms Rooms, VoteCommand Vote)>();
        for (var n = 0; n < 20; n++)
        {
            votes.Add((processes[n % 3], store.Vote(approval, await store.SessionAsync(Who($"voter{n}")), n % 2 == 0 ? VoteDecision.Approve : VoteDecision.Reject)));
        }

        var receipts = await Task.WhenAll(votes.Select(item => Task.Run(() => item.Rooms.Get<IApprovalStore>().VoteAsync(Acme, item.Vote, default))));

        var winner = receipts.Single(receipt => receipt.Kind == VoteKind.Decided);
        var others = receipts.Where(receipt => receipt != winner).ToList();
        others.ShouldAllBe(receipt => receipt.Kind == VoteKind.NotPending && receipt.Approval!.State == winner.Approval!.State && receipt.Approval.Votes.Length == 1);
    }

    [Fact]
    public async Task The_identical_action_proposed_many_times_at_once_is_held_once()
    {
        await using var store = await WithAcmeAsync();
        var processes = new[] { store.Rooms, store.Open() };
        var holds = Enumerable.Range(0, 20).Select(n => (Rooms: processes[n % 2], Command: store.Hold())).ToList();

        var receipts = await Task.WhenAll(holds.Select(item => Task.Run(() => item.Rooms.Get<IApprovalStore>().HoldAsync(Acme, item.Command, default))));

        receipts.Count(receipt => receipt.Kind == HoldKind.Held).ShouldBe(1);
        receipts.Select(receipt => receipt.Approval!.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_dies_between_admitting_and_settling_leaves_an_unknown_step()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.ApprovedAsync();
        var intent = store.Intent(claim: Claim(approval), candidates: [[Use(max: 1)]]);
        await store.Journal.AdmitAsync(Acme, intent, default);
        await store.ReopenAsync();
        store.Time.Advance(TimeSpan.FromSeconds(31));

        (await store.Journal.FindAsync(Acme, intent.StepId, default))!.Status.ShouldBe(StepStatus.Unknown);
        (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State.ShouldBe(ApprovalState.Executing);
        (await store.Rooms.Get<IDueWork>().FindAsync(store.Now, 10, default)).ShouldBe([new DueItem(Acme, DueKind.Abandon, intent.StepId)]);
        (await store.Journal.AdmitAsync(Acme, store.Intent(null, claim: Claim(approval)), default)).Kind.ShouldBe(AdmissionKind.ClaimLost);
        (await store.Journal.AdmitAsync(Acme, store.Intent(null, candidates: [[Use(max: 1)]]), default)).Kind.ShouldBe(AdmissionKind.LimitSpent);
    }

    [Fact]
    public async Task A_command_that_throws_leaves_nothing_behind()
    {
        await using var store = await WithAcmeAsync();
        var intent = store.Intent(candidates: [[Use()]]);
        await store.Journal.AdmitAsync(Acme, intent, default);
        var length = (await store.Ledger.HeadAsync(Acme, default))!.Length;

        await Should.ThrowAsync<Exception>(() => store.Journal.AdmitAsync(Acme, store.Intent("sha256:other", candidates: [[Use()]]) with { StepId = intent.StepId }, default));

        (await store.Ledger.HeadAsync(Acme, default))!.Length.ShouldBe(length);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM limit_uses"))!).ShouldBe(1);
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:next"), default)).Kind.ShouldBe(AdmissionKind.Written);
    }
}
