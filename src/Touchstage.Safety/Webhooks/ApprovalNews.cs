using System.Collections.Immutable;

namespace Touchstage.Safety.Webhooks;

/// <summary>
/// What a webhook is told of an approval. Invariant: no arguments, no request, no facts, nothing that a model wrote for people, and no free text of a person: what is here can be read
/// by whoever sees the receiver's log. The summary cannot name a sensitive argument.
/// </summary>
/// <param name="Event">What happened, such as <c>approval.pending</c>.</param>
/// <param name="At">When.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="Status">Its state now.</param>
/// <param name="Capability">Of which capability.</param>
/// <param name="Summary">What is proposed, in a line.</param>
/// <param name="Requester">Who asked: the subject.</param>
/// <param name="ApproverRoles">Any of which an approver needs.</param>
/// <param name="Quorum">How many people must say yes.</param>
/// <param name="Revision">The number of the revision that stands.</param>
/// <param name="ExpiresAt">Until when people can decide.</param>
/// <param name="DecidedBy">The subjects whose votes decided it; empty if none did.</param>
/// <param name="Tag">How a person classed the decision, or null.</param>
internal sealed record ApprovalNews(
    string Event,
    DateTimeOffset At,
    string Tenant,
    string ApprovalId,
    string Status,
    string Capability,
    string Summary,
    string Requester,
    ImmutableArray<string> ApproverRoles,
    int Quorum,
    int Revision,
    DateTimeOffset ExpiresAt,
    ImmutableArray<string> DecidedBy,
    string? Tag);
