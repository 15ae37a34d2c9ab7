using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>A decision code that <c>review</c> shows to one approver for one revision; it replaces an earlier one of the same two.</summary>
/// <param name="ApprovalId">For which approval.</param>
/// <param name="RevisionDigest">For which revision: the one that stands, or the one that a modification would make.</param>
/// <param name="StandingDigest">The revision that must stand when it is issued.</param>
/// <param name="Approver">For whom.</param>
/// <param name="CodeHash">SHA-256 of the code, lower-case hex.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="ExpiresAt">From when on it is no longer good.</param>
internal sealed record DecisionCodeIssue(
    string ApprovalId, string RevisionDigest, string StandingDigest, Principal Approver, string CodeHash, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
