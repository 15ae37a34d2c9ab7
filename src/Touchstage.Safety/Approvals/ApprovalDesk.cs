using System.Collections.Immutable;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <inheritdoc/>
internal sealed class ApprovalDesk(IApprovalStore store, ApprovalAccess access, ApprovalViews views, ApprovalNotes notes, ApprovalQueues queues, IVoteSigner signer, TimeProvider time) : IApprovals
{
    private const int MaxListed = 200;
    private const int MaxAtOnce = 100;

    /// <inheritdoc/>
    public async Task<Result<ApprovalView>> FindAsync(Caller caller, string approvalId, CancellationToken cancellation) =>
        await access.VisibleAsync(caller, approvalId, cancellation) is { } approval
            ? await views.OfAsync(caller, approval, cancellation)
            : ApprovalRefusals.UnknownApproval();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApprovalView>> ListAsync(Caller caller, CancellationToken cancellation)
    {
        var approvals = caller.Kind is SessionKind.Approver
            ? (await queues.PendingAsync(caller, null, MaxListed, _ => true, cancellation)).Approvals
            : await store.ListOfAsync(caller.Tenant, caller.Principal, MaxListed, cancellation);
        var shown = new List<ApprovalView>();
        foreach (var approval in approvals)
        {
            shown.Add(await views.OfAsync(caller, approval, cancellation));
        }

        return shown;
    }

    /// <inheritdoc/>
    public Task<ApprovalQueue> QueueAsync(Caller approver, QueueQuery query, CancellationToken cancellation) => queues.PageAsync(approver, query, cancellation);

    /// <inheritdoc/>
    public async Task<Result<ApprovalReview>> ReviewAsync(Caller approver, string approvalId, CancellationToken cancellation)
    {
        if (!(await access.DecidableAsync(approver, approvalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return refusal;
        }

        var view = await views.OfAsync(approver, approval, cancellation);
        if (view.State is not ApprovalState.Pending || !Door.Accepts(approval.Terms.Confirm, DecisionChannel.Prompt))
        {
            return new ApprovalReview(view, null, null);
        }

        var (code, issue) = DecisionCode.Issue(approver.Principal, approval, approval.Revision.Digest, time.GetUtcNow());
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
        if (!(await access.DecidableAsync(approver, decision.ApprovalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return refusal;
        }

        if (decision.Vote is VoteDecision.Approve && !Door.Accepts(approval.Terms.Confirm, decision.Channel))
        {
            return ApprovalRefusals.Weak(approval.Terms.Confirm);
        }

        if (decision.ShownRevision is null && string.IsNullOrEmpty(decision.Code))
        {
            return ApprovalRefusals.Code();
        }

        var digest = decision.ShownRevision ?? approval.Revision.Digest;
        var vote = new ApprovalVote(
            approval.Revision.Number,
            digest,
            approver.Principal,
            approver.Person,
            approver.SessionId,
            decision.Vote,
            VoteEntry.Clean(decision.Reason),
            decision.Tag,
            Door.NameOf(decision.Channel),
            time.GetUtcNow());
        if (digest == approval.Revision.Digest)
        {
            // Nothing is signed for what is no longer shown; the store refuses such a vote.
            vote = vote with { Statement = await signer.SignAsync(approval.Tenant, approval.Id, approval.Revision, vote, cancellation) };
        }

        var codeHash = decision.Code is { } code ? DecisionCode.Hash(code, approval.Id, digest, approver.Principal) : null;
        var receipt = await store.VoteAsync(approver.Tenant, new(approval.Id, vote, codeHash, VoteEntry.Of(approval, vote, approver)), cancellation);
        return await AnswerAsync(approver, decision.Vote, receipt, cancellation);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<BatchReceipt>> DecideManyAsync(Caller approver, ImmutableArray<Decision> decisions, CancellationToken cancellation)
    {
        if (decisions.Length > MaxAtOnce)
        {
            throw new ArgumentException($"{MaxAtOnce} approvals at once are the most.", nameof(decisions));
        }

        if (!await AreAlikeAsync(approver, decisions, cancellation))
        {
            return [.. decisions.Select(decision => new BatchReceipt(decision.ApprovalId, null, ApprovalRefusals.Unlike()))];
        }

        var receipts = ImmutableArray.CreateBuilder<BatchReceipt>(decisions.Length);
        foreach (var decision in decisions)
        {
            receipts.Add((await DecideAsync(approver, decision, cancellation)).TryGet(out var receipt, out var no)
                ? new(decision.ApprovalId, receipt, null)
                : new(decision.ApprovalId, null, no));
        }

        return receipts.ToImmutable();
    }

    /// <inheritdoc/>
    public Task<Result<ApprovalView>> WithdrawAsync(Caller requester, string approvalId, string reason, CancellationToken cancellation) =>
        notes.WithdrawAsync(requester, approvalId, reason, cancellation);

    /// <inheritdoc/>
    public Task<Result<ApprovalView>> NoteAsync(Caller approver, string approvalId, NoteKind kind, string text, DecisionChannel channel, CancellationToken cancellation) =>
        notes.AddAsync(approver, approvalId, kind, text, channel, cancellation);

    /// <inheritdoc/>
    public Task<Result<RevealedArguments>> RevealAsync(Caller approver, string approvalId, string shownRevision, DecisionChannel channel, CancellationToken cancellation) =>
        notes.RevealAsync(approver, approvalId, shownRevision, channel, cancellation);

    /// <summary>What a vote or a modification came to, for whoever made it.</summary>
    public async Task<Result<DecisionReceipt>> AnswerAsync(Caller approver, VoteDecision decision, VoteReceipt receipt, CancellationToken cancellation) => receipt.Kind switch
    {
        VoteKind.Recorded or VoteKind.Decided when receipt.Approval is { } approval => new DecisionReceipt(await views.OfAsync(approver, approval, cancellation), true),
        VoteKind.AlreadyVoted when receipt.Approval is { } approval && HasSaid(approver, approval, decision) =>
            new DecisionReceipt(await views.OfAsync(approver, approval, cancellation), false),
        VoteKind.AlreadyVoted or VoteKind.NotPending when receipt.Approval is { } approval => VoteEntry.TooLate(approval, time.GetUtcNow()),
        VoteKind.NewerRevision => ApprovalRefusals.Moved(),
        VoteKind.StandsElsewhere => ApprovalRefusals.Twice(),
        VoteKind.OwnRequest => ApprovalRefusals.Own(),
        VoteKind.WrongCode => ApprovalRefusals.Code(),
        VoteKind.CodeLocked => ApprovalRefusals.Locked(),
        _ => ApprovalRefusals.UnknownApproval(),
    };

    // What was said of a revision before is another answer: a yes to that one does not report a no to this one as a yes. Who made the revision said yes to it so.
    private static bool HasSaid(Caller approver, ApprovalRecord approval, VoteDecision decision) =>
        approval.Votes.LastOrDefault(vote => vote.Voter == approver.Principal && vote.RevisionDigest == approval.Revision.Digest) is { } vote
            ? vote.Decision == decision
            : decision is VoteDecision.Approve && approval.Revision.Modifier?.Principal == approver.Principal;

    // One yes to several is a yes to one sentence: what differs is looked at one by one. A no is always safe.
    private async Task<bool> AreAlikeAsync(Caller approver, ImmutableArray<Decision> decisions, CancellationToken cancellation)
    {
        if (decisions.All(decision => decision.Vote is VoteDecision.Reject))
        {
            return true;
        }

        var shown = new HashSet<(string Capability, string Summary)>();
        foreach (var decision in decisions)
        {
            if ((await access.DecidableAsync(approver, decision.ApprovalId, cancellation)).TryGet(out var approval, out _))
            {
                shown.Add((approval.Capability, approval.Revision.Summary));
            }
        }

        return shown.Count <= 1;
    }
}
