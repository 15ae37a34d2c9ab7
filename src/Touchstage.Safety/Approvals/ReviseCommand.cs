using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Approvals;

/// <summary>Replaces the revision of a pending or approved approval, which makes it pending and lets its votes fall. One transaction.</summary>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="FromRevision">The revision that is replaced; another current one loses the race.</param>
/// <param name="ManifestDigest">The manifest under which the new revision was judged.</param>
/// <param name="Revision">The new revision; its number is one more.</param>
/// <param name="Terms">Who must now say yes, and how.</param>
/// <param name="Entry">Its ledger entry.</param>
internal sealed record ReviseCommand(string ApprovalId, int FromRevision, string ManifestDigest, ApprovalRevision Revision, ApprovalTerms Terms, LedgerDraft Entry);
