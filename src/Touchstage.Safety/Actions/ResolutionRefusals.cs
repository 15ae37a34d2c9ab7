using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Actions;

/// <summary>Why a step cannot be resolved by a person.</summary>
internal static class ResolutionRefusals
{
    public static readonly RefusalCode NotUnknown =
        RefusalCode.Define("outcome_not_unknown", "Only a step whose outcome is unknown can be resolved: this one is under way, or there is none.");

    public static readonly RefusalCode AlreadySettled =
        RefusalCode.Define("already_settled", "What became of the step had been settled before, by the API's answer, by evidence or by a person; nothing was changed.");

    public static readonly RefusalCode NoResolvers =
        RefusalCode.Define("no_resolvers", "The step's capability declares no approvers, so nobody may say what became of it.");

    public static readonly RefusalCode NoReason =
        RefusalCode.Define("reason_missing", "Whoever resolves a step must say how they know.");

    public static Refusal UnknownStep() => new(ActionRefusals.UnknownStep, "There is no step of that id here that you may resolve.");

    public static Refusal InFlight() => new(NotUnknown, "This action is still being carried out. Wait for its outcome.");

    public static Refusal WithoutStep(ApprovalState state) => new(NotUnknown, $"This approval is {state.ToString().ToLowerInvariant()}, so there is no unknown outcome to resolve.");

    public static Refusal Nobody(string capability) => new(
        NoResolvers, $"The capability {capability} declares no approvers, so nobody may resolve its steps. The operator names them under `approval.approvers` in its manifest.");

    public static Refusal Reason() => new(NoReason, "Say how you know what became of it: the reason goes into the ledger.");

    /// <summary>Tells whoever comes too late what was settled.</summary>
    public static Refusal Settled(ActionOutcome outcome) => new(
        AlreadySettled,
        $"It was settled before: {(outcome.Status is ActionStatus.Completed ? "it happened" : "it did not happen")}{(outcome.Code is null ? "" : $" ({outcome.Code})")}."
        + $"{(outcome.Reason is { } reason ? $" {reason}" : "")} Nothing was changed.");
}
