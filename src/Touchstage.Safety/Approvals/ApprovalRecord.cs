using System.Collections.Immutable;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>An approval as stored. It is data, not proof: a row is trusted for nothing that <see cref="Grant"/> does not check again.</summary>
/// <param name="Id">Its id, <c>apr_…</c>.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Requester">Who asked.</param>
/// <param name="RequesterPerson">The person that session is linked to, or null.</param>
/// <param name="RequesterSession">In which session.</param>
/// <param name="Capability">For which capability.</param>
/// <param name="ManifestDigest">Under which manifest.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Revision">The current revision.</param>
/// <param name="First">The first revision: what was proposed.</param>
/// <param name="Terms">Who must say yes, and how.</param>
/// <param name="Votes">All votes on all revisions, oldest first.</param>
/// <param name="Notes">What people did beside deciding, oldest first.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it can be neither decided nor executed.</param>
/// <param name="StepId">Its step once there is one, or null.</param>
/// <param name="Outcome">What became of its step, for whoever may see the approval, as JSON (<c>{ status, code?, reason?, result? }</c>), or null; stored sealed.</param>
/// <param name="ClosingCode">Why it ended without a step (<c>rejected</c>, <c>expired</c>, a refusal's code), or null.</param>
/// <param name="ClosingReason">The same for a reader, or null.</param>
/// <param name="ClosingTag">What kind of lesson a rejection is.</param>
internal sealed record ApprovalRecord(
    string Id,
    TenantId Tenant,
    ApprovalState State,
    Principal Requester,
    string? RequesterPerson,
    string RequesterSession,
    string Capability,
    string ManifestDigest,
    string Connection,
    ApprovalRevision Revision,
    ApprovalRevision First,
    ApprovalTerms Terms,
    ImmutableArray<ApprovalVote> Votes,
    ImmutableArray<ApprovalNote> Notes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string? StepId,
    string? Outcome,
    string? ClosingCode,
    string? ClosingReason,
    DecisionTag ClosingTag)
{
    // How long "I am on it" stands.
    private static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(30);

    /// <summary>When it ended, or its step was settled; null before.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The people who may be behind the request.</summary>
    public People People => People.Behind(Requester, RequesterPerson);

    /// <summary>Where it stands at a moment: what nobody decided or executed in time has expired, swept or not.</summary>
    public ApprovalState StateAt(DateTimeOffset now) => State is ApprovalState.Pending or ApprovalState.Approved && ExpiresAt <= now ? ApprovalState.Expired : State;

    /// <summary>The roles any of which an approver needs at a moment: escalation only adds.</summary>
    public IEnumerable<string> RolesAt(DateTimeOffset now) => Terms.RolesAfter(now - CreatedAt);

    /// <summary>Who says to be on it at a moment, or null.</summary>
    public Principal? ClaimedBy(DateTimeOffset now) =>
        Notes.LastOrDefault(note => note.Kind is NoteKind.Claim or NoteKind.Release) is { Kind: NoteKind.Claim } claim && claim.At + ClaimLasts > now ? claim.Author : null;

    /// <summary>Whether a vote says yes to the current revision and may count: above a quorum of one, whoever changed the action does not vote on it.</summary>
    public bool IsYes(ApprovalVote vote) =>
        vote.RevisionDigest == Revision.Digest
        && vote.Decision is VoteDecision.Approve
        && !vote.People.Overlap(People)
        && !(Terms.Quorum > 1 && Revision.Modifier is { } modifier && vote.People.Overlap(modifier.People));
}
