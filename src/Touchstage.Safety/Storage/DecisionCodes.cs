using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Decision codes: one for each approver and revision, hashed, and a lock after five wrong ones.</summary>
internal static class DecisionCodes
{
    private const int WrongTriesThatLock = 5;

    public static async Task<bool> IsLockedAsync(StoreContext rows, ApprovalRow approval, Principal approver) =>
        await rows.DecisionLocks.FindAsync(approval.Tenant, approval.Id, approver.Key) is { WrongTries: >= WrongTriesThatLock };

    public static async Task<VoteKind> IssueAsync(StoreContext rows, TenantId tenant, DecisionCodeIssue issue)
    {
        var code = await rows.DecisionCodes.FindAsync(tenant.Value, issue.ApprovalId, issue.Approver.Key, issue.RevisionDigest);
        if (code is null)
        {
            rows.DecisionCodes.Add(new DecisionCodeRow
            {
                Tenant = tenant.Value,
                ApprovalId = issue.ApprovalId,
                ApproverKey = issue.Approver.Key,
                RevisionDigest = issue.RevisionDigest,
                CodeHash = issue.CodeHash,
                IssuedAt = issue.IssuedAt.ToMicros(),
                ExpiresAt = issue.ExpiresAt.ToMicros(),
            });
        }
        else if (code.UsedAt is null)
        {
            (code.CodeHash, code.IssuedAt, code.ExpiresAt) = (issue.CodeHash, issue.IssuedAt.ToMicros(), issue.ExpiresAt.ToMicros());
        }
        else
        {
            // The code that voted stays known, so that the same code again reports the decision instead of counting as wrong.
            return VoteKind.AlreadyVoted;
        }

        return VoteKind.Recorded;
    }

    /// <summary>Null if the code is good for the vote; otherwise why not, and a wrong one is counted.</summary>
    public static async Task<VoteKind?> CheckAsync(StoreContext rows, TenantId tenant, string approvalId, ApprovalVote vote, string hash)
    {
        var at = vote.At.ToMicros();
        var code = await rows.DecisionCodes.FirstOrDefaultAsync(row =>
            row.Tenant == tenant.Value && row.ApprovalId == approvalId && row.ApproverKey == vote.Voter.Key && row.CodeHash == hash);
        if (code is null || (code.UsedAt is null && code.ExpiresAt <= at))
        {
            return await CountWrongAsync(rows, tenant, approvalId, vote.Voter);
        }

        // A right code of another revision is no guess: its reader saw something that is no longer what the vote is on.
        return code.RevisionDigest == vote.RevisionDigest ? null : VoteKind.NewerRevision;
    }

    public static async Task UseAsync(StoreContext rows, TenantId tenant, string approvalId, ApprovalVote vote, string? hash)
    {
        if (hash is not null && await rows.DecisionCodes.FindAsync(tenant.Value, approvalId, vote.Voter.Key, vote.RevisionDigest) is { } code)
        {
            code.UsedAt = vote.At.ToMicros();
        }
    }

    private static async Task<VoteKind> CountWrongAsync(StoreContext rows, TenantId tenant, string approvalId, Principal approver)
    {
        var tries = await rows.DecisionLocks.FindAsync(tenant.Value, approvalId, approver.Key);
        if (tries is null)
        {
            tries = new DecisionLockRow { Tenant = tenant.Value, ApprovalId = approvalId, ApproverKey = approver.Key, WrongTries = 0 };
            rows.DecisionLocks.Add(tries);
        }

        tries.WrongTries++;
        return tries.WrongTries >= WrongTriesThatLock ? VoteKind.CodeLocked : VoteKind.WrongCode;
    }
}
