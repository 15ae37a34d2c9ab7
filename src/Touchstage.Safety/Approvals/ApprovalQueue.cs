using System.Collections.Immutable;

namespace Touchstage.Safety.Approvals;

/// <summary>A page of an approver's queue: what expires first comes first.</summary>
/// <param name="Items">What waits for this approver.</param>
/// <param name="Next">Where the next page starts, or null after the last.</param>
/// <param name="Count">How many wait for the approver's roles, whatever the filter, counted up to 1,000.</param>
/// <param name="IsMore">Whether there are more than were counted.</param>
public sealed record ApprovalQueue(ImmutableArray<QueueItem> Items, string? Next, int Count, bool IsMore);
