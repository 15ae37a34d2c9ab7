using System.Security.Cryptography;
using Touchstage.Safety.Policies.Suggestions;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Reads what people said out of the approvals.</summary>
internal sealed class PeopleDecisions(IApprovalStore approvals) : IPeopleDecisions
{
    /// <inheritdoc/>
    public async Task<PeopleDecision?> FindAsync(TenantId tenant, string approvalId, CancellationToken cancellation)
    {
        try
        {
            return await approvals.FindAsync(tenant, approvalId, cancellation) is { } approval ? Of(approval) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Invariant: nobody who may be behind the request teaches anything, and a yes counts only with as many people as the approval asked for.
    private static PeopleDecision Of(ApprovalRecord approval)
    {
        var yes = approval.Votes.Where(approval.IsYes).ToArray();
        var no = approval.Votes.Where(vote => vote.RevisionDigest == approval.Revision.Digest && vote.Decision is VoteDecision.Reject && !vote.People.Overlap(approval.People)).ToArray();
        var isApproved = no.Length == 0 && People.Count(yes.Select(vote => vote.People)) >= Math.Max(1, approval.Terms.Quorum);
        return new(
            approval.Revision.Number,
            isApproved,
            no.Length > 0,
            [.. (isApproved ? yes : no).Select(vote => new Decider(vote.Voter.Subject, vote.People))],
            approval.Revision.Modifier is { } modifier ? new(modifier.Principal.Subject, modifier.People) : null);
    }
}
