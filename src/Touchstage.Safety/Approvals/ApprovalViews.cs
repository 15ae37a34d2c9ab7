using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>Shows approvals: to their requesters what became of them, to approvers the whole case.</summary>
internal sealed class ApprovalViews(IApprovalStore store, ApprovalAccess access, TimeProvider time)
{
    private const int MaxRecent = 5;

    /// <summary>The approval as a caller sees it who may see it.</summary>
    public async Task<ApprovalView> OfAsync(Caller caller, ApprovalRecord approval, CancellationToken cancellation)
    {
        var shown = ApprovalCase.Of(approval.Revision);
        var state = approval.StateAt(time.GetUtcNow());
        return new(
            approval.Id,
            state,
            approval.Capability,
            approval.Revision.Summary,
            shown.Told,
            approval.CreatedAt,
            approval.ExpiresAt,
            approval.Revision.Number,
            approval.Revision.Digest,
            approval.StepId,
            approval.Outcome is { } outcome ? CanonicalJson.Restore(outcome).Root : null,
            approval.ClosingCode ?? (state is ApprovalState.Expired ? ApprovalRefusals.Expired.Value : null),
            approval.ClosingReason,
            approval.ClosingTag,
            ModificationOf(approval, shown),
            access.MayDecide(caller, approval) ? await CaseAsync(approval, shown, cancellation) : null)
        {
            ChangedAt = approval.ClosedAt ?? (state is ApprovalState.Expired ? approval.ExpiresAt : approval.Revision.At),
        };
    }

    /// <summary>A pending approval as one line of a queue.</summary>
    public QueueItem ItemOf(ApprovalRecord approval) => new(
        approval.Id,
        approval.Capability,
        approval.Revision.Summary,
        approval.Requester.Key,
        ApprovalCase.Of(approval.Revision).Told,
        approval.CreatedAt,
        approval.ExpiresAt,
        approval.Revision.Number,
        approval.Revision.Digest,
        approval.Terms.Quorum,
        People.Count(approval.Votes.Where(approval.IsYes).Select(vote => vote.People)),
        approval.ClaimedBy(time.GetUtcNow())?.Key);

    private static ModificationView? ModificationOf(ApprovalRecord approval, ApprovalCase shown) => approval.Revision.Modifier is { } modifier
        ? new(ApprovalCase.Of(approval.First).ShownArguments, shown.ShownArguments, modifier.Principal.Key, modifier.Note)
        : null;

    private async Task<ApprovalCaseView> CaseAsync(ApprovalRecord approval, ApprovalCase shown, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return new(
            approval.Requester.Key,
            shown.Client,
            approval.Connection,
            shown.ShownArguments,
            shown.ShownRequest,
            approval.Revision.Reasons,
            shown.Findings,
            shown.Narrative,
            [.. await store.RecentAsync(approval, MaxRecent, cancellation)],
            [.. approval.Votes.Select(vote => new VoteView(vote.Voter.Key, vote.Revision, vote.Decision, vote.Reason, vote.Tag, vote.Channel, vote.At))],
            [.. approval.RolesAt(now).Distinct(StringComparer.Ordinal)],
            approval.Terms.Quorum,
            shown.Form,
            approval.Terms.Confirm,
            shown.HasSensitive,
            [.. approval.Notes.Select(note => new NoteView(note.Author.Key, note.Kind, note.Text, note.Channel, note.At))],
            approval.ClaimedBy(now)?.Key,
            [.. approval.Terms.Escalations.Select(escalation => new EscalationView(approval.CreatedAt + escalation.After, escalation.Approvers))]);
    }
}
