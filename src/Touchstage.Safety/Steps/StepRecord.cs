namespace Touchstage.Safety.Steps;

/// <summary>A step as stored.</summary>
/// <param name="StepId">Its id and <c>txn</c>.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Scope">The capability or the fact.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Status">Where it stands; in flight past its deadline reads as unknown.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Deadline">When it becomes unknown unless settled.</param>
/// <param name="ApprovalId">The approval it executes, or null.</param>
/// <param name="Outcome">What it came to, as JSON (<c>{ status, code?, reason?, result? }</c>), once settled; stored sealed.</param>
internal sealed record StepRecord(
    string StepId,
    string Tenant,
    string Capability,
    string Scope,
    string Connection,
    StepStatus Status,
    string Summary,
    DateTimeOffset RecordedAt,
    DateTimeOffset Deadline,
    string? ApprovalId,
    string? Outcome);
