using System.Collections.Immutable;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>An approval as stored. It is data, not proof: a row is trusted for nothing that <see cref="Grant"/> does not check again.</summary>
/// <param name="Id">Its id, <c>apr_…</c>.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Requester">Who asked.</param>
/// <param name="RequesterSession">In which session.</param>
/// <param name="Capability">For which capability.</param>
/// <param name="ManifestDigest">Under which manifest.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="ActionDigest">What makes two proposals the same.</param>
/// <param name="Revision">The current revision.</param>
/// <param name="ApproverRoles">Any of which an approver needs.</param>
/// <param name="Quorum">How many different people must say yes.</param>
/// <param name="Votes">All votes on all revisions, oldest first.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it can be neither decided nor executed.</param>
/// <param name="StepId">Its step once there is one, or null.</param>
/// <param name="Outcome">What became of its step, for whoever may see the approval, as JSON (<c>{ status, code?, reason?, result? }</c>), or null; stored sealed.</param>
/// <param name="ClosingCode">Why it ended without a step (<c>rejected</c>, <c>expired</c>, a refusal's code), or null.</param>
/// <param name="ClosingReason">The same for a reader, or null.</param>
internal sealed record ApprovalRecord(
    string Id,
    TenantId Tenant,
    ApprovalState State,
    Principal Requester,
    string RequesterSession,
    string Capability,
    string ManifestDigest,
    string Connection,
    string ActionDigest,
    ApprovalRevision Revision,
    ImmutableArray<string> ApproverRoles,
    int Quorum,
    ImmutableArray<ApprovalVote> Votes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string? StepId,
    string? Outcome,
    string? ClosingCode,
    string? ClosingReason);
