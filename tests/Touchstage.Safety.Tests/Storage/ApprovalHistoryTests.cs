using CsCheck;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Ledger;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>Random histories of one action, on two stores over one file, against a pure model.</summary>
public sealed class ApprovalHistoryTests
{
    private const int Quorum = 2;

    [Fact]
    public Task Whatever_happens_the_store_and_the_model_agree_and_the_ledger_is_sound() =>
        Gen.Select(Gen.Int[0, 13], Gen.Int[0, 3]).List[5, 30].SampleAsync(PlayAsync, iter: 60, threads: 1);

    private static async Task PlayAsync(List<(int Verb, int Who)> history)
    {
        await using var store = await WithAcmeAsync();
        var play = new Play(store);
        foreach (var (verb, who) in history)
        {
            await play.StepAsync(verb, who);
            await play.CompareAsync();
        }

        var verifier = new LedgerVerifier(store.Ledger, store.Rooms.Get<TenantSeal>(), new FakeCheckpointSigner(), store.Time);
        (await verifier.VerifyAsync(null, null, default)).Faults.ShouldBeEmpty();
    }

    private sealed class Play(StoreFixture store)
    {
        private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(61), TimeSpan.FromHours(3), TimeSpan.FromHours(25)];

        private readonly ApprovalModel model = new(Quorum);
        private readonly Dictionary<int, SessionRecord> sessions = [];
        private StoreRooms other = store.Open();
        private string? approvalId;
        private string? stepId;

        private IApprovalStore Approvals => store.Approvals;

        public async Task StepAsync(int verb, int who)
        {
            switch (verb)
            {
                case 0 or 1:
                    await HoldAsync();
                    break;
                case 2 or 3 or 4:
                    await VoteAsync(who, approves: true);
                    break;
                case 5:
                    await VoteAsync(who, approves: false);
                    break;
                case 6 when approvalId is not null:
                    await ReviseAsync();
                    break;
                case 7 when approvalId is not null && who == 0:
                    var close = new CloseCommand(approvalId, null, ApprovalState.Withdrawn, "withdrawn", "", store.Now, Draft(LedgerKind.ApprovalClosed, approvalId));
                    (await other.Get<IApprovalStore>().CloseAsync(Acme, close, default)).ShouldBe(model.Withdraw());
                    break;
                case 8 or 9 when approvalId is not null:
                    await ClaimAsync();
                    break;
                case 10 when stepId is not null:
                    var status = who switch { 0 => StepStatus.Unknown, 1 => StepStatus.Failed, _ => StepStatus.Completed };
                    (await store.Journal.SettleAsync(Acme, store.Settle(stepId, status), default)).ShouldBe(model.Settle(status, store.Now));
                    break;
                case 11 when sessions.TryGetValue(who, out var session):
                    await store.Sessions.RevokeAsync(Acme, session.Id, store.Now, default);
                    model.Revoke(who);
                    break;
                case 12:
                    store.Time.Advance(Waits[who]);
                    break;
                case 13 when who == 0:
                    await store.ReopenAsync();
                    other = store.Open();
                    break;
            }
        }

        public async Task CompareAsync()
        {
            if (approvalId is not null)
            {
                var row = (await other.Get<IApprovalStore>().FindAsync(Acme, approvalId, default)).ShouldNotBeNull();
                (row.State, row.Revision.Number).ShouldBe((model.State!.Value, model.Revision));
            }
        }

        private async Task HoldAsync()
        {
            var receipt = await Approvals.HoldAsync(Acme, store.Hold(quorum: Quorum, expires: ApprovalModel.Expires), default);
            receipt.Kind.ShouldBe(model.Hold(store.Now));
            if (receipt.Kind == HoldKind.Held)
            {
                approvalId = receipt.Approval!.Id;
            }
        }

        private async Task VoteAsync(int who, bool approves)
        {
            if (!sessions.TryGetValue(who, out var session))
            {
                sessions[who] = session = await store.SessionAsync(Who($"voter{who}"), lasts: TimeSpan.FromDays(3650));
            }

            if (approvalId is not null)
            {
                var row = (await Approvals.FindAsync(Acme, approvalId, default))!;
                var vote = store.Vote(row, session, approves ? VoteDecision.Approve : VoteDecision.Reject);
                (await other.Get<IApprovalStore>().VoteAsync(Acme, vote, default)).Kind.ShouldBe(model.Vote(who, approves, store.Now));
            }
        }

        private async Task ReviseAsync()
        {
            var row = (await Approvals.FindAsync(Acme, approvalId!, default))!;
            var next = row.Revision with { Number = row.Revision.Number + 1, Digest = row.Revision.Digest + "+", At = store.Now };
            var command = new ReviseCommand(row.Id, row.Revision.Number, "sha256:m", next, row.Terms, Draft(LedgerKind.ApprovalRevised, row.Id));
            (await Approvals.ReviseAsync(Acme, command, default)).ShouldBe(model.Revise(store.Now));
        }

        private async Task ClaimAsync()
        {
            var row = (await Approvals.FindAsync(Acme, approvalId!, default))!;
            var intent = store.Intent(claim: Claim(row));
            var admission = await other.Get<IStepJournal>().AdmitAsync(Acme, intent, default);
            admission.Kind.ShouldBe(model.Claim(store.Now));
            if (admission.Kind == AdmissionKind.Written)
            {
                stepId = intent.StepId;
            }
        }
    }
}
