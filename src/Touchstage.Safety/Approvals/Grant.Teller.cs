using System.Collections.Immutable;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

internal sealed partial class Grant
{
    /// <summary>Counts the votes of an approved row anew: each voter's session must still be good and still have the role, and nobody approves their own request.</summary>
    internal sealed class Teller(IApprovalStore approvals, ISessionStore sessions, TimeProvider time)
    {
        public async Task<Result<Grant>> CountAsync(TenantId tenant, string approvalId, CancellationToken cancellation)
        {
            var approval = await approvals.FindAsync(tenant, approvalId, cancellation);
            if (approval is null || approval.Tenant != tenant || approval.State is not ApprovalState.Approved || approval.ExpiresAt <= time.GetUtcNow())
            {
                return ApprovalRefusals.NotApproved();
            }

            // One person counts once, on whoever's behalf the votes were cast.
            var people = new HashSet<(string Issuer, string Subject)>();
            var approvedBy = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
            foreach (var vote in approval.Votes.Where(v => v.RevisionDigest == approval.Revision.Digest && v.Decision is VoteDecision.Approve))
            {
                if (await CountsAsync(approval, vote, cancellation))
                {
                    approvedBy.Add(vote.Voter.Key);
                    people.Add((vote.Voter.Issuer, vote.Voter.Subject));
                }
            }

            return people.Count >= Math.Max(1, approval.Quorum) ? new Grant(approval, [.. approvedBy]) : ApprovalRefusals.VotesFell();
        }

        private async Task<bool> CountsAsync(ApprovalRecord approval, ApprovalVote vote, CancellationToken cancellation) =>
            !vote.Voter.SharesAPersonWith(approval.Requester)
            && await sessions.FindAsync(approval.Tenant, vote.SessionId, cancellation) is { RevokedAt: null, Kind: SessionKind.Approver } session
            && session.Principal == vote.Voter
            && session.Roles.Intersect(approval.ApproverRoles, StringComparer.Ordinal).Any();
    }
}
