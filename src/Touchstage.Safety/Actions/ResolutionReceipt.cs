namespace Touchstage.Safety.Actions;

/// <summary>What a resolution came to.</summary>
/// <param name="StepId">The step.</param>
/// <param name="ApprovalId">The approval that it executes, or null.</param>
/// <param name="Status">Completed or failed.</param>
/// <param name="Summary">The action in one line.</param>
public sealed record ResolutionReceipt(string StepId, string? ApprovalId, ActionStatus Status, string Summary);
