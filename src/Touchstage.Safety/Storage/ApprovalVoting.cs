using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Records votes and counts them.</summary>
internal sealed class ApprovalVoting(Store store, LedgerWriter ledger, ApprovalReader reader)
{
    public async Task<VoteReceipt> VoteAsync(TenantId tenant, VoteCommand command, CancellationToken cancellation)
    {
        RefuseForeign(tenant, command.Vote.Voter);
        var (kind, approval) = await store.WriteAsync(
            async scope =>
            {
                var kind = await VoteAsync(scope, tenant, command);
                await scope.Rows.SaveChangesAsync();
                return (kind, await ApprovalReader.SnapshotAsync(scope.Rows, tenant, command.ApprovalId, CancellationToken.None));
            },
            cancellation);
        return new VoteReceipt(kind, await reader.OpenAsync(tenant, approval, CancellationToken.None));
    }

    // A code changes nothing that anybody else can see, so it makes no change and no ledger entry.
    public Task<VoteKind> IssueCodeAsync(TenantId tenant, DecisionCodeIssue code, CancellationToken cancellation)
    {
        RefuseForeign(tenant, code.Approver);
        return store.WriteAsync(
            async scope =>
            {
                var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, code.ApprovalId);
                return await MayDecideAsync(scope, approval, code.Approver, needsCode: true)
                    ?? await IsOpenAsync(scope, approval!, approval!.Revision, code.RevisionDigest, code.IssuedAt.ToMicros())
                    ?? await DecisionCodes.IssueAsync(scope.Rows, tenant, code);
            },
            cancellation);
    }

    private async Task<VoteKind> VoteAsync(WriteScope scope, TenantId tenant, VoteCommand command)
    {
        var vote = command.Vote;
        var at = vote.At.ToMicros();
        var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId);
        var no = await MayDecideAsync(scope, approval, vote.Voter, command.DecisionCodeHash is not null)
            ?? (command.DecisionCodeHash is { } hash ? await DecisionCodes.CheckAsync(scope.Rows, tenant, command.ApprovalId, vote, hash) : null);
        if (no is null && await HasVotedAsync(scope.Rows, tenant, approval!, vote))
        {
            no = VoteKind.AlreadyVoted;
        }

        no ??= await IsOpenAsync(scope, approval!, vote.Revision, vote.RevisionDigest, at);
        if (no is { } refused)
        {
            return refused;
        }

        await DecisionCodes.UseAsync(scope.Rows, tenant, command.ApprovalId, vote, command.DecisionCodeHash);
        await AddAsync(scope, tenant, approval!, vote);
        scope.Change(tenant, ChangeKind.Approval, approval!.Id);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        await scope.Rows.SaveChangesAsync();
        return await DecideAsync(scope, approval, vote, at) ? VoteKind.Decided : VoteKind.Recorded;
    }

    private static async Task<VoteKind?> MayDecideAsync(WriteScope scope, ApprovalRow? approval, Principal approver, bool needsCode)
    {
        if (approval is null)
        {
            return VoteKind.NoSuchApproval;
        }

        var requester = StoredPrincipal.Read(approval.Tenant, approval.RequesterIssuer, approval.RequesterSubject, approval.RequesterOnBehalfOf);
        if (requester.SharesAPersonWith(approver))
        {
            return VoteKind.OwnRequest;
        }

        return needsCode && await DecisionCodes.IsLockedAsync(scope.Rows, approval, approver) ? VoteKind.CodeLocked : null;
    }

    private static async Task<VoteKind?> IsOpenAsync(WriteScope scope, ApprovalRow approval, int revision, string digest, long at)
    {
        var current = await scope.Rows.Revisions.SingleAsync(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id && row.Number == approval.Revision);
        return revision != current.Number || digest != current.Digest ? VoteKind.NewerRevision
            : approval.State != ApprovalState.Pending || approval.ExpiresAt <= at ? VoteKind.NotPending
            : null;
    }

    private static Task<bool> HasVotedAsync(StoreContext rows, TenantId tenant, ApprovalRow approval, ApprovalVote vote) =>
        rows.Votes.AnyAsync(row => row.Tenant == tenant.Value && row.ApprovalId == approval.Id && row.Revision == approval.Revision
            && row.VoterKey == vote.Voter.Key && row.RevisionDigest == vote.RevisionDigest);

    private static async Task AddAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, ApprovalVote vote)
    {
        var earlier = await scope.Rows.Votes.CountAsync(row => row.Tenant == tenant.Value && row.ApprovalId == approval.Id);
        scope.Rows.Votes.Add(new VoteRow
        {
            Tenant = tenant.Value,
            ApprovalId = approval.Id,
            Number = earlier + 1,
            Revision = vote.Revision,
            RevisionDigest = vote.RevisionDigest,
            VoterKey = vote.Voter.Key,
            VoterIssuer = vote.Voter.Issuer,
            VoterSubject = vote.Voter.Subject,
            VoterOnBehalfOf = vote.Voter.OnBehalfOf,
            SessionId = vote.SessionId,
            Decision = vote.Decision,
            Reason = vote.Reason,
            Channel = vote.Channel,
            At = vote.At.ToMicros(),
        });
    }

    private static async Task<bool> DecideAsync(WriteScope scope, ApprovalRow approval, ApprovalVote vote, long at)
    {
        if (vote.Decision != VoteDecision.Approve)
        {
            (approval.State, approval.ClosedAt) = (ApprovalState.Rejected, at);
            (approval.ClosingCode, approval.ClosingReason) = (ApprovalRefusals.Rejected.Value, vote.Reason);
            return true;
        }

        if (!await IsQuorumAsync(scope.Rows, approval))
        {
            return false;
        }

        approval.State = ApprovalState.Approved;
        return true;
    }

    /// <summary>Whether enough people say yes to the current revision, counted now.</summary>
    public static async Task<bool> IsQuorumAsync(StoreContext rows, ApprovalRow approval) => await CountAsync(rows, approval) >= Math.Max(1, approval.Quorum);

    // Invariant: who counts is decided when the quorum is counted, from the sessions as they are now: an approver's session of that very voter, not revoked and good when
    // the vote was cast, with a role the approval asks for; never the requester; and one person counts once, whomever the votes were cast on behalf of.
    private static async Task<int> CountAsync(StoreContext rows, ApprovalRow approval)
    {
        var requester = StoredPrincipal.Read(approval.Tenant, approval.RequesterIssuer, approval.RequesterSubject, approval.RequesterOnBehalfOf);
        var wanted = StoredList.Read(approval.ApproverRoles);
        var votes = await rows.Votes
            .Where(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id && row.Revision == approval.Revision && row.Decision == VoteDecision.Approve)
            .Join(
                rows.Sessions.Where(row => row.Kind == SessionKind.Approver && row.RevokedAt == null),
                vote => new { vote.Tenant, Id = vote.SessionId },
                session => new { session.Tenant, session.Id },
                (vote, session) => new { Vote = vote, Session = session })
            .ToListAsync();
        return votes
            .Where(pair => pair.Session.ExpiresAt > pair.Vote.At)
            .Where(pair => pair.Vote.VoterIssuer == pair.Session.Issuer && pair.Vote.VoterSubject == pair.Session.Subject && pair.Vote.VoterOnBehalfOf == pair.Session.OnBehalfOf)
            .Where(pair => StoredList.Read(pair.Session.Roles).Intersect(wanted, StringComparer.Ordinal).Any())
            .Where(pair => !requester.SharesAPersonWith(StoredPrincipal.Read(approval.Tenant, pair.Vote.VoterIssuer, pair.Vote.VoterSubject, pair.Vote.VoterOnBehalfOf)))
            .DistinctBy(pair => (pair.Vote.VoterIssuer, pair.Vote.VoterSubject))
            .Count();
    }

    private static void RefuseForeign(TenantId tenant, Principal approver)
    {
        if (approver.Tenant != tenant)
        {
            throw new ArgumentException("The approver is another tenant's.", nameof(approver));
        }
    }
}
