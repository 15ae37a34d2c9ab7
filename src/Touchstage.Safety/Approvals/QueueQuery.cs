namespace Touchstage.Safety.Approvals;

/// <summary>What part of an approver's queue is asked for.</summary>
/// <param name="Capability">Only calls of this capability, or null.</param>
/// <param name="Requester">Only what a requester asked for whose principal key or name holds this text, whatever its case; or null.</param>
/// <param name="OnlyUnclaimed">Only what nobody is on.</param>
/// <param name="After">Where the page before ended: its <see cref="ApprovalQueue.Next"/>; null for the first page.</param>
/// <param name="Take">How many, 1 to 200.</param>
public sealed record QueueQuery(string? Capability, string? Requester, bool OnlyUnclaimed, string? After, int Take);
