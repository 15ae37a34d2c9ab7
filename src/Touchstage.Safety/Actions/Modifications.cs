using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Actions;

/// <inheritdoc/>
internal sealed class Modifications(
    ApprovalAccess access,
    ApprovalDesk desk,
    IApprovalStore store,
    Hold hold,
    Caller.Identifier identifier,
    ResolvedAction.Resolver resolver,
    ProposedAction.Validator validator,
    Judgement.Judge judge,
    IFactSource facts,
    IVoteSigner signer,
    TimeProvider time) : IModifications
{
    /// <inheritdoc/>
    public async Task<Result<ModificationPreview>> PreviewAsync(Caller approver, Modification modification, bool withCode, CancellationToken cancellation)
    {
        if (!(await DraftAsync(approver, modification, cancellation)).TryGet(out var draft, out var refusal))
        {
            return refusal;
        }

        var (approval, revision) = (draft.Approval, draft.Revision);
        var shown = ApprovalCase.Of(revision);
        var preview = new ModificationPreview(
            approval.Id,
            revision.Number,
            revision.Digest,
            revision.Summary,
            ApprovalCase.Of(approval.Revision).ShownArguments,
            shown.ShownArguments,
            shown.ShownRequest,
            revision.Reasons,
            shown.Told,
            shown.Findings,
            draft.Judgement.Action.Capability.Approval?.Quorum is 1,
            null,
            null);
        if (!withCode
            || !Door.Accepts(approval.Terms.Confirm, DecisionChannel.Prompt)
            || !Door.Accepts(draft.Judgement.Action.Capability.Approval?.Confirm ?? "", DecisionChannel.Prompt))
        {
            return preview;
        }

        var (code, issue) = DecisionCode.Issue(approver.Principal, approval, revision.Digest, time.GetUtcNow());
        return await store.IssueCodeAsync(approver.Tenant, issue, cancellation) switch
        {
            VoteKind.Recorded => preview with { DecisionCode = code, CodeExpiresAt = issue.ExpiresAt },
            VoteKind.CodeLocked => ApprovalRefusals.Locked(),
            VoteKind.OwnRequest => ApprovalRefusals.Own(),
            VoteKind.NotPending => VoteEntry.TooLate(approval, time.GetUtcNow()),
            _ => ApprovalRefusals.Moved(),
        };
    }

    /// <inheritdoc/>
    public async Task<Result<DecisionReceipt>> ModifyAsync(Caller approver, Modification modification, string? previewedRevision, string? code, CancellationToken cancellation)
    {
        if (!(await access.DecidableAsync(approver, modification.ApprovalId, cancellation)).TryGet(out var standing, out var refusal))
        {
            return refusal;
        }

        if (!Door.Accepts(standing.Terms.Confirm, modification.Channel))
        {
            return ApprovalRefusals.Weak(standing.Terms.Confirm);
        }

        // A retry of what was recorded reports it: the revision that was confirmed is the one that stands.
        if (await HasConfirmedAsync(approver, standing, previewedRevision, code, cancellation))
        {
            return await desk.AnswerAsync(approver, VoteDecision.Approve, new(VoteKind.AlreadyVoted, standing), cancellation);
        }

        if (!(await DraftAsync(approver, modification, cancellation)).TryGet(out var draft, out refusal))
        {
            return refusal;
        }

        // The manifest may ask for a stronger door since it was held, and the new revision stands under what it asks for now.
        if (!Door.Accepts(draft.Judgement.Action.Capability.Approval?.Confirm ?? "", modification.Channel))
        {
            return ApprovalRefusals.Weak(draft.Judgement.Action.Capability.Approval?.Confirm ?? "");
        }

        // Invariant: what is recorded is what was shown. A rule, request or connection that changed since the preview makes another digest.
        if (previewedRevision is null ? string.IsNullOrEmpty(code) : previewedRevision != draft.Revision.Digest)
        {
            return previewedRevision is null ? ApprovalRefusals.Code() : ApprovalRefusals.Moved();
        }

        var vote = new ApprovalVote(
            draft.Revision.Number,
            draft.Revision.Digest,
            approver.Principal,
            approver.Person,
            approver.SessionId,
            VoteDecision.Approve,
            draft.Revision.Modifier?.Note ?? "",
            modification.Tag,
            Door.NameOf(modification.Channel),
            draft.Revision.At);
        vote = vote with { Statement = await signer.SignAsync(draft.Approval.Tenant, draft.Approval.Id, draft.Revision, vote, cancellation) };
        var codeHash = code is null ? null : DecisionCode.Hash(code, draft.Approval.Id, draft.Revision.Digest, approver.Principal);
        var receipt = await hold.ModifyAsync(draft.Judgement, draft.Approval, draft.Revision, vote, codeHash, VoteEntry.Of(draft.Approval, vote, approver), cancellation);
        return await desk.AnswerAsync(approver, VoteDecision.Approve, receipt, cancellation);
    }

    private async Task<bool> HasConfirmedAsync(Caller approver, ApprovalRecord approval, string? previewedRevision, string? code, CancellationToken cancellation)
    {
        if (approval.Revision is not { Origin: RevisionOrigin.Modified, Digest: var digest, Modifier: { } modifier } || modifier.Principal != approver.Principal)
        {
            return false;
        }

        return previewedRevision is null
            ? code is not null && await store.IsCodeUsedAsync(approval.Tenant, approval.Id, DecisionCode.Hash(code, approval.Id, digest, approver.Principal), cancellation)
            : previewedRevision == digest;
    }

    private async Task<Result<ModificationDraft>> DraftAsync(Caller approver, Modification modification, CancellationToken cancellation)
    {
        if (!(await access.DecidableAsync(approver, modification.ApprovalId, cancellation)).TryGet(out var approval, out var no))
        {
            return no;
        }

        var now = time.GetUtcNow();
        if (approval.StateAt(now) is not ApprovalState.Pending)
        {
            return VoteEntry.TooLate(approval, now);
        }

        if (modification.ShownRevision is { } shown && shown != approval.Revision.Digest)
        {
            return ApprovalRefusals.Moved();
        }

        if (!(await identifier.RecallAsync(approval.Tenant, approval.RequesterSession, cancellation)).TryGet(out var requester, out no) ||
            !(await resolver.ResolveAsync(requester, approval.Capability, cancellation)).TryGet(out var resolved, out no) ||
            !MergePatch.Apply(approval, resolved.Scope.Capability, modification.Changes).TryGet(out var arguments, out no) ||
            !validator.Validate(resolved, arguments.Text, ApprovalCase.Of(approval.Revision).Narrative).TryGet(out var proposed, out no))
        {
            return no;
        }

        if (requester.Principal != approval.Requester)
        {
            return SessionRefusals.Unknown();
        }

        var judgement = await judge.JudgeAsync(proposed, approver, facts, cancellation);
        if (judgement.Verdict is Verdict.Forbidden || proposed.Capability.Approval is null)
        {
            return PolicyRefusals.ForbiddenBecause(judgement.Because);
        }

        var modifier = new Modifier(approver.Principal, approver.Person, approver.SessionId, VoteEntry.Clean(modification.Note));
        return new ModificationDraft(approval, judgement, hold.Modified(judgement, approval, modifier));
    }
}
