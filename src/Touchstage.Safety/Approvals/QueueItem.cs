namespace Touchstage.Safety.Approvals;

/// <summary>One pending approval in a queue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Summary">One line, rendered from the arguments.</param>
/// <param name="Requester">Who asked: the principal's key.</param>
/// <param name="Reason">Why it waits, in words.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ExpiresAt">From when on it can no longer be decided.</param>
/// <param name="Revision">The revision's number.</param>
/// <param name="RevisionDigest">What a decision is bound to.</param>
/// <param name="Quorum">How many different people must say yes.</param>
/// <param name="Approvals">How many have, on this revision.</param>
/// <param name="ClaimedBy">Who is on it: the principal's key, or null.</param>
public sealed record QueueItem(
    string Id,
    string Capability,
    string Summary,
    string Requester,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    int Revision,
    string RevisionDigest,
    int Quorum,
    int Approvals,
    string? ClaimedBy);
