namespace Touchstage.Safety.Steps;

/// <summary>A step as stored.</summary>
/// <param name="StepId">Its id and <c>txn</c>.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="PrincipalKey">Whose step: the principal's key.</param>
/// <param name="SessionId">In which session.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Scope">The capability or the look-up.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Status">Where it stands; in flight past its deadline reads as unknown.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Deadline">When it becomes unknown unless settled.</param>
/// <param name="ApprovalId">The approval it executes, or null.</param>
/// <param name="VerifyAt">When it is looked at next while it is unknown; null if it is not.</param>
/// <param name="Looks">How often it was looked at.</param>
/// <param name="Outcome">What it came to, as JSON (<c>{ status, code?, reason?, result? }</c>), once settled; stored sealed.</param>
internal sealed record StepRecord(
    string StepId,
    string Tenant,
    string PrincipalKey,
    string SessionId,
    string Capability,
    string Scope,
    string Connection,
    StepStatus Status,
    string Summary,
    DateTimeOffset RecordedAt,
    DateTimeOffset Deadline,
    string? ApprovalId,
    DateTimeOffset? VerifyAt,
    int Looks,
    string? Outcome);
