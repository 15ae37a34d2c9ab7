using System.Collections.Immutable;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

internal sealed partial class Grant
{
    /// <summary>
    /// Counts the votes of an approved row anew: each must say what was signed when it was cast, its voter's session must still be good and still have the role, and nobody
    /// approves their own request.
    /// </summary>
    internal sealed class Teller(IApprovalStore approvals, ISessionStore sessions, IVoteSigner signer, TimeProvider time)
    {
        public async Task<Result<Grant>> CountAsync(TenantId tenant, string approvalId, CancellationToken cancellation)
        {
            var approval = await approvals.FindAsync(tenant, approvalId, cancellation);
            if (approval is null || approval.Tenant != tenant || approval.State is not ApprovalState.Approved || approval.ExpiresAt <= time.GetUtcNow())
            {
                return ApprovalRefusals.NotApproved();
            }

            // One person counts once, on whoever's behalf and under whatever name the votes were cast.
            var people = new List<People>();
            var votes = ImmutableArray.CreateBuilder<SignedVote>();
            foreach (var vote in approval.Votes.Where(approval.IsYes))
            {
                // Invariant: a row alone is no vote. Without a statement that says the same, it does not count.
                if (vote.Statement is { } statement && await CountsAsync(approval, vote, cancellation))
                {
                    votes.Add(new(vote.Voter, statement));
                    people.Add(vote.People);
                }
            }

            return People.Count(people) >= Math.Max(1, approval.Terms.Quorum) ? new Grant(approval, votes.ToImmutable()) : ApprovalRefusals.VotesFell();
        }

        private async Task<bool> CountsAsync(ApprovalRecord approval, ApprovalVote vote, CancellationToken cancellation) =>
            await sessions.FindAsync(approval.Tenant, vote.SessionId, cancellation) is { RevokedAt: null, Kind: SessionKind.Approver } session
            && session.Principal == vote.Voter
            && session.Person == vote.Person
            && session.Roles.Intersect(approval.RolesAt(vote.At), StringComparer.Ordinal).Any()
            && await signer.IsSignedAsync(approval.Tenant, approval.Id, approval.Revision, vote, cancellation);
    }
}
