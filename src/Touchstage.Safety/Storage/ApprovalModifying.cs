using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Puts what a person made of a pending action in its place.</summary>
internal sealed class ApprovalModifying(Store store, LedgerWriter ledger, ApprovalReader reader, ApprovalVoting voting)
{
    public async Task<VoteReceipt> ModifyAsync(TenantId tenant, ModifyCommand command, CancellationToken cancellation)
    {
        ApprovalVoting.RefuseForeign(tenant, command.Vote.Voter);
        if (command.Revision.Number != command.FromRevision + 1 || command.Vote.RevisionDigest != command.Revision.Digest || command.Vote.Decision is not VoteDecision.Approve)
        {
            throw new ArgumentException("A modification is the next revision, confirmed by whoever made it.", nameof(command));
        }

        var revision = await reader.SealAsync(tenant, command.ApprovalId, command.Revision, cancellation);
        var (kind, approval) = await store.WriteAsync(
            async scope =>
            {
                var kind = await ModifyAsync(scope, tenant, command, revision);
                await scope.Rows.SaveChangesAsync();
                return (kind, await ApprovalReader.SnapshotAsync(scope.Rows, tenant, command.ApprovalId, CancellationToken.None));
            },
            cancellation);
        return new VoteReceipt(kind, await reader.OpenAsync(tenant, approval, CancellationToken.None));
    }

    /// <summary>Makes a revision the current one: pending, under the terms that now hold; votes on another revision count no more.</summary>
    public static void Replace(ApprovalRow approval, RevisionRow revision, string manifestDigest, ApprovalTerms terms)
    {
        (approval.State, approval.Revision, approval.ActionDigest, approval.ManifestDigest) = (ApprovalState.Pending, revision.Number, revision.ActionDigest, manifestDigest);
        (approval.ApproverRoles, approval.Escalations) = (StoredList.Write(terms.Approvers), StoredEscalations.Write(terms.Escalations));
        (approval.Quorum, approval.Confirm) = (terms.Quorum, terms.Confirm);
    }

    private async Task<VoteKind> ModifyAsync(WriteScope scope, TenantId tenant, ModifyCommand command, RevisionRow revision)
    {
        var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId);
        if (await ApprovalVoting.MayDecideAsync(scope, approval, command.Vote, command.DecisionCodeHash is not null) is { } no)
        {
            return no;
        }

        // The same modification again reports what became of it, so that a retry does no harm.
        if (await ApprovalVoting.CurrentAsync(scope, approval!) is { } current && current.Digest == revision.Digest)
        {
            return VoteKind.AlreadyVoted;
        }

        if (command.DecisionCodeHash is { } hash && await DecisionCodes.CheckAsync(scope.Rows, tenant, command.ApprovalId, command.Vote, hash) is { } wrong)
        {
            return wrong;
        }

        if (await ApprovalVoting.IsOpenAsync(scope, approval!, command.FromRevision, command.FromDigest, revision.At) is { } closed)
        {
            return closed;
        }

        // Invariant: one action runs once, whoever made it what it is. What already stands, runs or has just run for it answers, as it would to its requester.
        if (await StandingApprovals.HeldAsync(scope.Rows, tenant, approval!.RequesterKey, revision.ActionDigest, revision.At, approval.Id) is not null
            || await StepRepeats.FindAsync(scope.Rows, tenant, approval.RequesterKey, revision.ActionDigest, revision.At - command.RepeatAfter.ToMicros()) is not null)
        {
            return VoteKind.StandsElsewhere;
        }

        await DecisionCodes.UseAsync(scope.Rows, tenant, command.ApprovalId, command.Vote, command.DecisionCodeHash);
        Replace(approval, revision, command.ManifestDigest, command.Terms);
        scope.Rows.Revisions.Add(revision);
        await PendingRoles.KeepAsync(scope.Rows, approval, revision.At);
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, ApprovalEvent.Revised);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        await scope.Rows.SaveChangesAsync();
        return approval.Quorum > 1 ? VoteKind.Recorded : await voting.CastAsync(scope, tenant, approval, command.Vote, command.VoteEntry);
    }
}
