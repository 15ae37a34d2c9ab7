using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <inheritdoc/>
internal sealed class ApprovalDesk(IApprovalStore store, TimeProvider time) : IApprovals
{
    private const int MaxListed = 200;
    private const int MaxRecent = 5;

    /// <inheritdoc/>
    public async Task<Result<ApprovalView>> FindAsync(Caller caller, string approvalId, CancellationToken cancellation) =>
        await VisibleAsync(caller, approvalId, cancellation) is { } approval
            ? await ViewAsync(caller, approval, cancellation)
            : ApprovalRefusals.UnknownApproval();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApprovalView>> ListAsync(Caller caller, CancellationToken cancellation)
    {
        var approvals = caller.Kind is SessionKind.Approver
            ? (await store.ListPendingAsync(caller.Tenant, caller.Roles, MaxListed, cancellation)).Where(a => MayDecide(caller, a) && a.ExpiresAt > time.GetUtcNow())
            : await store.ListOfAsync(caller.Tenant, caller.Principal, MaxListed, cancellation);
        var views = new List<ApprovalView>();
        foreach (var approval in approvals)
        {
            views.Add(await ViewAsync(caller, approval, cancellation));
        }

        return views;
    }

    /// <inheritdoc/>
    public async Task<Result<ApprovalReview>> ReviewAsync(Caller approver, string approvalId, CancellationToken cancellation)
    {
        if (!(await DecidableAsync(approver, approvalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return refusal;
        }

        var view = await ViewAsync(approver, approval, cancellation);
        if (view.State is not ApprovalState.Pending)
        {
            return new ApprovalReview(view, null, null);
        }

        var (code, now) = (DecisionCode.Create(), time.GetUtcNow());
        var issue = new DecisionCodeIssue(
            approval.Id,
            approval.Revision.Digest,
            approver.Principal,
            DecisionCode.Hash(code, approval.Id, approval.Revision.Digest, approver.Principal),
            now,
            now + DecisionCode.Lifetime);
        return await store.IssueCodeAsync(approver.Tenant, issue, cancellation) switch
        {
            VoteKind.Recorded => new ApprovalReview(view, code, issue.ExpiresAt),
            VoteKind.CodeLocked => ApprovalRefusals.Locked(),
            VoteKind.AlreadyVoted or VoteKind.NewerRevision or VoteKind.NotPending => new ApprovalReview(view, null, null),
            VoteKind.OwnRequest => ApprovalRefusals.Own(),
            _ => ApprovalRefusals.UnknownApproval(),
        };
    }

    /// <inheritdoc/>
    public async Task<Result<DecisionReceipt>> DecideAsync(Caller approver, Decision decision, CancellationToken cancellation)
    {
        if (!(await DecidableAsync(approver, decision.ApprovalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return refusal;
        }

        if (decision.ShownRevision is null && string.IsNullOrEmpty(decision.Code))
        {
            return ApprovalRefusals.Code();
        }

        var digest = decision.ShownRevision ?? approval.Revision.Digest;
        var vote = new ApprovalVote(
            approval.Revision.Number, digest, approver.Principal, approver.SessionId, decision.Vote, VoteEntry.Clean(decision.Reason), VoteEntry.Name(decision.Channel), time.GetUtcNow());
        var codeHash = decision.Code is { } code ? DecisionCode.Hash(code, approval.Id, digest, approver.Principal) : null;
        var receipt = await store.VoteAsync(approver.Tenant, new(approval.Id, vote, codeHash, VoteEntry.Of(approval, vote, approver)), cancellation);
        return await AnswerAsync(approver, decision, receipt, cancellation);
    }

    private async Task<Result<DecisionReceipt>> AnswerAsync(Caller approver, Decision decision, VoteReceipt receipt, CancellationToken cancellation) => receipt.Kind switch
    {
        VoteKind.Recorded or VoteKind.Decided when receipt.Approval is { } approval => new DecisionReceipt(await ViewAsync(approver, approval, cancellation), true),
        VoteKind.AlreadyVoted when receipt.Approval is { } approval && approval.Votes.Any(v => v.Voter == approver.Principal && v.Decision == decision.Vote) =>
            new DecisionReceipt(await ViewAsync(approver, approval, cancellation), false),
        VoteKind.AlreadyVoted or VoteKind.NotPending when receipt.Approval is { } approval => VoteEntry.TooLate(approval),
        VoteKind.NewerRevision => new Refusal(ApprovalRefusals.NewerRevision, "What you saw has changed since. Review the approval again before you decide."),
        VoteKind.OwnRequest => ApprovalRefusals.Own(),
        VoteKind.WrongCode => ApprovalRefusals.Code(),
        VoteKind.CodeLocked => ApprovalRefusals.Locked(),
        _ => ApprovalRefusals.UnknownApproval(),
    };

    private async Task<Result<ApprovalRecord>> DecidableAsync(Caller approver, string approvalId, CancellationToken cancellation)
    {
        if (approver.Kind is not SessionKind.Approver)
        {
            return SessionRefusals.OnlyApproversDecide();
        }

        if (await store.FindAsync(approver.Tenant, approvalId, cancellation) is not { } approval)
        {
            return ApprovalRefusals.UnknownApproval();
        }

        // Whoever may not see it is told that there is none; its own requester is told why not.
        return approval.Requester.SharesAPersonWith(approver.Principal) ? ApprovalRefusals.Own() : MayDecide(approver, approval) ? approval : ApprovalRefusals.UnknownApproval();
    }

    private async Task<ApprovalRecord?> VisibleAsync(Caller caller, string approvalId, CancellationToken cancellation) =>
        await store.FindAsync(caller.Tenant, approvalId, cancellation) is { } approval && (IsRequester(caller, approval) || MayDecide(caller, approval)) ? approval : null;

    private static bool IsRequester(Caller caller, ApprovalRecord approval) => approval.Tenant == caller.Tenant && approval.Requester == caller.Principal;

    private static bool MayDecide(Caller caller, ApprovalRecord approval) =>
        caller.Kind is SessionKind.Approver
        && approval.Tenant == caller.Tenant
        && !approval.Requester.SharesAPersonWith(caller.Principal)
        && caller.Roles.Intersect(approval.ApproverRoles, StringComparer.Ordinal).Any();

    private async Task<ApprovalView> ViewAsync(Caller caller, ApprovalRecord approval, CancellationToken cancellation)
    {
        var shown = ApprovalCase.Of(approval.Revision);
        var isOver = approval.State is ApprovalState.Pending or ApprovalState.Approved && approval.ExpiresAt <= time.GetUtcNow();
        return new(
            approval.Id,
            isOver ? ApprovalState.Expired : approval.State,
            approval.Capability,
            approval.Revision.Summary,
            shown.Told,
            approval.CreatedAt,
            approval.ExpiresAt,
            approval.Revision.Number,
            approval.Revision.Digest,
            approval.StepId,
            approval.Outcome is { } outcome ? CanonicalJson.Restore(outcome).Root : null,
            isOver ? ApprovalRefusals.Expired.Value : approval.ClosingCode,
            approval.ClosingReason,
            MayDecide(caller, approval) ? await CaseAsync(approval, shown, cancellation) : null);
    }

    private async Task<ApprovalCaseView> CaseAsync(ApprovalRecord approval, ApprovalCase shown, CancellationToken cancellation) => new(
        approval.Requester.Key,
        shown.Client,
        approval.Connection,
        shown.ShownArguments,
        shown.ShownRequest,
        approval.Revision.Reasons,
        shown.Findings,
        shown.Narrative,
        [.. await store.RecentAsync(approval.Tenant, approval.Capability, approval.Requester, approval.ActionDigest, MaxRecent, cancellation)],
        [.. approval.Votes.Select(v => new VoteView(v.Voter.Key, v.Revision, v.Decision, v.Reason, v.Channel, v.At))],
        approval.ApproverRoles,
        approval.Quorum);
}
