namespace Touchstage.Safety.Actions;

/// <summary>A step that may or may not have happened.</summary>
/// <param name="Id">The step, <c>stp_…</c>.</param>
/// <param name="Capability">Of which capability.</param>
/// <param name="ApprovalId">The approval that it carried out, or null if policy allowed it.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public sealed record UnknownStep(string Id, string Capability, string? ApprovalId, DateTimeOffset RecordedAt);
