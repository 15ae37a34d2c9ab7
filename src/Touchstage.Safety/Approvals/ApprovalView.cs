using System.Text.Json;

namespace Touchstage.Safety.Approvals;

/// <summary>An approval as its requester, or an approver who may decide it, sees it.</summary>
/// <param name="Id">Its id, <c>apr_…</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Summary">One line, rendered from the arguments.</param>
/// <param name="Reason">Why it waits, as the requester may be told.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it can be neither decided nor executed.</param>
/// <param name="Revision">The revision's number.</param>
/// <param name="RevisionDigest">What a decision is bound to.</param>
/// <param name="StepId">Its step once there is one, or null.</param>
/// <param name="Outcome">What became of its step: <c>{ status, code?, reason?, result? }</c>, or null.</param>
/// <param name="ClosingCode">Why it ended without a step, or null.</param>
/// <param name="ClosingReason">The same for a reader (a rejection's reason is the person's own words), or null.</param>
/// <param name="ClosingTag">What kind of lesson a rejection is.</param>
/// <param name="Modification">What a person changed of it, or null.</param>
/// <param name="Case">What only approvers see; null for the requester.</param>
public sealed record ApprovalView(
    string Id,
    ApprovalState State,
    string Capability,
    string Summary,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    int Revision,
    string RevisionDigest,
    string? StepId,
    JsonElement? Outcome,
    string? ClosingCode,
    string? ClosingReason,
    DecisionTag ClosingTag,
    ModificationView? Modification,
    ApprovalCaseView? Case)
{
    /// <summary>When it came to stand as it does, as far as its requester may know: its revision was made, it ended, or its step was settled. It tells nothing of votes.</summary>
    public DateTimeOffset ChangedAt { get; init; } = CreatedAt;
}
