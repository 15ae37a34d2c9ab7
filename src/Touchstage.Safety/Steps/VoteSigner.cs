using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Steps;

/// <inheritdoc/>
internal sealed class VoteSigner(SigningKeys keys, StepTokenIssuer issuer) : IVoteSigner
{
    /// <inheritdoc/>
    public async ValueTask<string> SignAsync(TenantId tenant, string approvalId, ApprovalRevision shown, ApprovalVote vote, CancellationToken cancellation)
    {
        if (vote.Revision != shown.Number || vote.RevisionDigest != shown.Digest || vote.Voter.Tenant != tenant)
        {
            throw new ArgumentException("The vote is on another revision, or of another tenant.", nameof(vote));
        }

        var statement = Of(tenant, approvalId, shown, vote);
        return await keys.SignAsync((keyId, key) => VoteStatementFormat.Sign(statement, keyId, key), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsSignedAsync(TenantId tenant, string approvalId, ApprovalRevision shown, ApprovalVote vote, CancellationToken cancellation) =>
        vote.Statement is { } statement
        && VoteStatementFormat.TryRead(statement, await keys.KnownAsync(cancellation), out var signed)
        && signed == Of(tenant, approvalId, shown, vote);

    /// <summary>A principal as tokens and statements spell it.</summary>
    public static StepSubject SubjectOf(Principal principal) => new(principal.Tenant.Value, principal.Issuer, principal.Subject);

    private VoteStatement Of(TenantId tenant, string approvalId, ApprovalRevision shown, ApprovalVote vote) => new()
    {
        Issuer = issuer.Issuer,
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(vote.At.ToUnixTimeSeconds()),
        Tenant = tenant.Value,
        Approval = approvalId,
        Revision = shown.Number,
        RevisionDigest = shown.Digest,
        RequestDigest = ApprovalCase.Of(shown).RequestDigest,
        Voter = SubjectOf(vote.Voter),
        Answer = vote.Decision is VoteDecision.Approve ? VoteAnswer.Approve : VoteAnswer.Reject,
        Channel = vote.Channel,
        Tag = DecisionTags.NameOf(vote.Tag),
    };
}
