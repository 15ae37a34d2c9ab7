using System.Text.Json;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <summary>What carrying out a permitted action came to: either not admitted, or a settled step.</summary>
/// <param name="Admission">Why no step was recorded, or null.</param>
/// <param name="StepId">The settled step, or null.</param>
/// <param name="Status">What it came to.</param>
/// <param name="Code">The permanent code where it did not simply complete.</param>
/// <param name="Reason">The same for a reader.</param>
/// <param name="Result">What may be handed on of the answer.</param>
internal sealed record StepOutcome(Admission? Admission, string? StepId, StepStatus Status, string? Code, string? Reason, CanonicalJson? Result)
{
    public static StepOutcome NotAdmitted(Admission admission) => new(admission, null, StepStatus.Failed, null, null, null);

    /// <summary>The outcome of a settled step, for its requester.</summary>
    public ActionOutcome ForRequester() => ActionOutcome.Settled(
        Status switch
        {
            StepStatus.Completed => ActionStatus.Completed,
            StepStatus.Failed => ActionStatus.Failed,
            _ => ActionStatus.Unknown,
        },
        StepId ?? throw new InvalidOperationException("Only a settled step has an outcome."),
        Code,
        Reason,
        Result?.Root);

    /// <summary>The outcome as stored: <c>{ status, code?, reason?, result? }</c>.</summary>
    public static ActionOutcome Read(StepRecord step)
    {
        if (step.Outcome is null)
        {
            var isOpen = step.Status is StepStatus.InFlight;
            return ActionOutcome.Settled(
                ActionStatus.Unknown, step.StepId, (isOpen ? ActionRefusals.InFlight : ActionRefusals.Unsettled).Value, isOpen ? ActionRefusals.InFlightText : ActionRefusals.UnsettledText, null);
        }

        var outcome = CanonicalJson.Restore(step.Outcome).Root;
        return ActionOutcome.Settled(
            step.Status switch
            {
                StepStatus.Completed => ActionStatus.Completed,
                StepStatus.Failed => ActionStatus.Failed,
                _ => ActionStatus.Unknown,
            },
            step.StepId,
            Text(outcome, "code"),
            Text(outcome, "reason"),
            outcome.TryGetProperty("result", out var result) ? result : null);
    }

    private static string? Text(JsonElement outcome, string name) => outcome.TryGetProperty(name, out var value) ? value.GetString() : null;
}
