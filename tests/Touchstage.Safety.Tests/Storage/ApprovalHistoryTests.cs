using CsCheck;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
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
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Whatever_happens_the_store_and_the_model_agree_and_the_ledger_is_sound(int quorum) =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 3]).List[5, 30].SampleAsync(history => PlayAsync(history, quorum), iter: 40, threads: 1);

    /// <summary>Held, modified by 0, held to other rules, approved by 1; then the session of 0 is revoked, and nothing runs.</summary>
    [Fact]
    public Task A_change_is_void_with_the_session_of_whoever_made_it() => PlayAsync([(0, 0), (16, 0), (6, 0), (2, 1), (11, 0), (8, 0)], quorum: 1);

    private static async Task PlayAsync(IReadOnlyList<(int Verb, int Who)> history, int quorum)
    {
        await using var store = await WithAcmeAsync();
        var play = new Play(store, quorum);
        foreach (var (verb, who) in history)
        {
            await play.StepAsync(verb, who);
            await play.CompareAsync();
        }

        var verifier = new LedgerVerifier(store.Ledger, store.Rooms.Get<TenantSeal>(), new FakeCheckpointSigner(), store.Time);
        (await verifier.VerifyAsync(null, null, default)).Faults.ShouldBeEmpty();
    }

    private sealed class Play(StoreFixture store, int quorum)
    {
        private const string Proposed = "sha256:action";
        private const string Changed = "sha256:changed";
        private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(61), TimeSpan.FromHours(1), TimeSpan.FromHours(25)];

        private readonly ApprovalModel model = new(quorum);
        private readonly Dictionary<int, SessionRecord> sessions = [];
        private StoreRooms other = store.Open();
        private string? approvalId;
        private string? stepId;

        private IApprovalStore Approvals => store.Approvals;

        private IApprovalStore OtherApprovals => other.Get<IApprovalStore>();

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
                    (await OtherApprovals.CloseAsync(Acme, Close(ApprovalState.Withdrawn, "withdrawn"), default)).ShouldBe(model.Withdraw(store.Now));
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
                case 12 or 13:
                    store.Time.Advance(Waits[who]);
                    break;
                case 14 when who == 0:
                    await store.ReopenAsync();
                    other = store.Open();
                    break;
                case 15 or 16 when approvalId is not null:
                    await ModifyAsync(who);
                    break;
                case 17 when approvalId is not null:
                    (await Approvals.EscalateAsync(Acme, new(approvalId, store.Now, Draft(LedgerKind.ApprovalEscalated, approvalId)), default)).ShouldBe(model.Escalate(store.Now));
                    break;
                case 18 when approvalId is not null:
                    await NoteAsync(who);
                    break;
                case 19 when approvalId is not null && (await Approvals.FindAsync(Acme, approvalId, default))!.ExpiresAt <= store.Now:
                    (await Approvals.CloseAsync(Acme, Close(ApprovalState.Expired, "expired"), default)).ShouldBe(model.Expire(store.Now));
                    break;
            }
        }

        public async Task CompareAsync()
        {
            if (approvalId is not null)
            {
                var row = (await OtherApprovals.FindAsync(Acme, approvalId, default)).ShouldNotBeNull();
                (row.State, row.Revision.Number, row.Revision.ActionDigest).ShouldBe((model.State!.Value, model.Revision, model.IsChanged ? Changed : Proposed));
                var roles = await store.LookAsync($"SELECT group_concat(Role, ' ') FROM (SELECT Role FROM approval_roles WHERE ApprovalId = '{approvalId}' ORDER BY Role)");
                (roles as string).ShouldBe(model.State is not ApprovalState.Pending ? null : model.IsLeadIn ? "lead support" : "support");
            }

            ((long)(await store.LookAsync("SELECT count(*) FROM (SELECT 1 FROM steps GROUP BY ApprovalId HAVING count(*) > 1)"))!).ShouldBe(0);
        }

        private CloseCommand Close(ApprovalState state, string code) => new(approvalId!, null, state, code, "", store.Now, Draft(LedgerKind.ApprovalClosed, approvalId!));

        private async Task HoldAsync()
        {
            var receipt = await Approvals.HoldAsync(Acme, store.Hold(quorum: quorum, expires: ApprovalModel.Expires, escalations: new EscalationDeclaration(ApprovalModel.LeadAfter, ["lead"])), default);
            receipt.Kind.ShouldBe(model.Hold(store.Now));
            if (receipt.Kind == HoldKind.Held)
            {
                approvalId = receipt.Approval!.Id;
            }
        }

        private async Task<SessionRecord> SessionAsync(int who)
        {
            if (!sessions.TryGetValue(who, out var session))
            {
                sessions[who] = session = await store.SessionAsync(Who($"voter{who}"), lasts: TimeSpan.FromDays(3650), person: who is 3 ? "voter0" : null);
            }

            return session;
        }

        private async Task VoteAsync(int who, bool approves)
        {
            var session = await SessionAsync(who);
            if (approvalId is not null)
            {
                var row = (await Approvals.FindAsync(Acme, approvalId, default))!;
                var vote = store.Vote(row, session, approves ? VoteDecision.Approve : VoteDecision.Reject);
                (await OtherApprovals.VoteAsync(Acme, vote, default)).Kind.ShouldBe(model.Vote(who, approves, store.Now));
            }
        }

        private async Task ReviseAsync()
        {
            var row = (await Approvals.FindAsync(Acme, approvalId!, default))!;
            var next = row.Revision with { Number = row.Revision.Number + 1, Digest = row.Revision.Digest + "+", Origin = RevisionOrigin.RulesChanged, At = store.Now };
            var command = new ReviseCommand(row.Id, row.Revision.Number, "sha256:m", next, row.Terms, Draft(LedgerKind.ApprovalRevised, row.Id));
            (await Approvals.ReviseAsync(Acme, command, default)).ShouldBe(model.Revise(store.Now));
        }

        private async Task ModifyAsync(int who)
        {
            var session = await SessionAsync(who);
            var row = (await Approvals.FindAsync(Acme, approvalId!, default))!;
            var next = row.Revision with
            {
                Number = row.Revision.Number + 1,
                Digest = row.Revision.Digest + "*",
                ActionDigest = row.Revision.ActionDigest == Proposed ? Changed : Proposed,
                Origin = RevisionOrigin.Modified,
                Modifier = new(session.Principal, session.Person, session.Id, "note"),
                At = store.Now,
            };
            var vote = store.Vote(row, session).Vote with { Revision = next.Number, RevisionDigest = next.Digest };
            var command = new ModifyCommand(
                row.Id, row.Revision.Number, row.Revision.Digest, "sha256:m", next, row.Terms, TimeSpan.FromSeconds(60), vote, null, Draft(LedgerKind.ApprovalRevised, row.Id), Draft(LedgerKind.ApprovalVoted, row.Id));
            (await OtherApprovals.ModifyAsync(Acme, command, default)).Kind.ShouldBe(model.Modify(who, store.Now));
        }

        private async Task NoteAsync(int who)
        {
            var session = await SessionAsync(who);
            var kind = who switch { 0 => NoteKind.Claim, 1 => NoteKind.Release, 2 => NoteKind.Reveal, _ => NoteKind.Comment };
            var note = new ApprovalNote(session.Principal, session.Person, session.Id, kind, "", "cli", store.Now);
            var written = await Approvals.NoteAsync(Acme, new(approvalId!, note, Draft(LedgerKind.ApprovalNoted, approvalId!)), default);
            written.ShouldBe(kind is NoteKind.Reveal ? ApprovalWrite.Written : model.Note(store.Now));
        }

        private async Task ClaimAsync()
        {
            var row = (await Approvals.FindAsync(Acme, approvalId!, default))!;
            var intent = store.Intent(row.Revision.ActionDigest, claim: Claim(row));
            var admission = await other.Get<IStepJournal>().AdmitAsync(Acme, intent, default);
            admission.Kind.ShouldBe(model.Claim(store.Now));
            if (admission.Kind == AdmissionKind.Written)
            {
                stepId = intent.StepId;
            }
        }
    }
}
