using System.Text.Json;

namespace Touchstage.Safety.Actions;

/// <summary>A step of unknown outcome, as whoever may resolve it sees it. Sensitive values are masked.</summary>
/// <param name="StepId">The step: also the value of the idempotency header it was sent with.</param>
/// <param name="ApprovalId">The approval that it executes, or null.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Summary">The action in one line.</param>
/// <param name="Requester">Who asked: the principal's key.</param>
/// <param name="Connection">Through which connection.</param>
/// <param name="Arguments">The arguments, a JSON object.</param>
/// <param name="Request">What was sent: <c>{ method, uri, headers, body }</c>.</param>
/// <param name="Code">Why it is unknown, as a permanent code.</param>
/// <param name="Reason">The same for a reader.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Looks">How often the server looked for what became of it.</param>
/// <param name="NextLookAt">When it looks again by itself; null if only a person can find out.</param>
public sealed record UnknownStepView(
    string StepId,
    string? ApprovalId,
    string Capability,
    string Summary,
    string Requester,
    string Connection,
    JsonElement Arguments,
    JsonElement Request,
    string Code,
    string Reason,
    DateTimeOffset RecordedAt,
    int Looks,
    DateTimeOffset? NextLookAt);
