using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Actions;

/// <summary>What a call came to, for its requester. Secrets are scrubbed, thresholds and facts are not in it.</summary>
public sealed class ActionOutcome
{
    private ActionOutcome(ActionStatus status) => Status = status;

    /// <summary>What became of it.</summary>
    public ActionStatus Status { get; }

    /// <summary>The permanent code, where it did not simply complete; else null.</summary>
    public string? Code { get; private init; }

    /// <summary>The reason for a reader, where it did not simply complete; else null.</summary>
    public string? Reason { get; private init; }

    /// <summary>What is wrong with the arguments, most useful first; empty otherwise.</summary>
    public ImmutableArray<Problem> Problems { get; private init; } = [];

    /// <summary>The step's id, where one was recorded.</summary>
    public string? StepId { get; private init; }

    /// <summary>The selected members of the upstream's answer, for a completed call whose answer was not withheld.</summary>
    public JsonElement? Result { get; private init; }

    /// <summary>The approval that waits, for a pending call.</summary>
    public ApprovalView? Approval { get; private init; }

    internal static ActionOutcome Refused(Refusal refusal) =>
        new(ActionStatus.Refused) { Code = refusal.Code.Value, Reason = refusal.Reason, Problems = refusal.Problems };

    internal static ActionOutcome Pending(ApprovalView approval) =>
        new(ActionStatus.PendingApproval) { Approval = approval, Reason = approval.Reason };

    internal static ActionOutcome Settled(ActionStatus status, string stepId, string? code, string? reason, JsonElement? result) =>
        new(status) { StepId = stepId, Code = code, Reason = reason, Result = result };
}
