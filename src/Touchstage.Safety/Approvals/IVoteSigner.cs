using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Makes votes into signed statements and holds them to those. A row of the store is believed only as far as its statement bears it out.</summary>
internal interface IVoteSigner
{
    /// <summary>Signs a vote before it is stored.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="approvalId">On which approval.</param>
    /// <param name="shown">The revision that was shown.</param>
    /// <param name="vote">The vote, on that revision.</param>
    /// <param name="cancellation">Ends the look-up of the key.</param>
    /// <returns>The statement: a compact JWS.</returns>
    /// <exception cref="ArgumentException">The vote is on another revision, or of another tenant.</exception>
    ValueTask<string> SignAsync(TenantId tenant, string approvalId, ApprovalRevision shown, ApprovalVote vote, CancellationToken cancellation);

    /// <summary>Whether this server, or one of its installation, signed exactly this vote on exactly this revision.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="approvalId">On which approval.</param>
    /// <param name="shown">The revision that it must be on.</param>
    /// <param name="vote">The vote as it is stored.</param>
    /// <param name="cancellation">Ends the look-up of the keys.</param>
    /// <returns>False for a vote without a statement, and for one that says anything else.</returns>
    ValueTask<bool> IsSignedAsync(TenantId tenant, string approvalId, ApprovalRevision shown, ApprovalVote vote, CancellationToken cancellation);
}
