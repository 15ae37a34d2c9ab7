using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <summary>What becomes of a proposed action that was not carried out: refused for good, or held for people.</summary>
internal sealed class BlockedActions(Hold hold, IApprovals approvals, IStepJournal journal, ILedgerStore ledger)
{
    /// <summary>The outcome of a settled step; else what stood in the way of recording one.</summary>
    public async Task<ActionOutcome> UnlessAdmittedAsync(Judgement judgement, StepOutcome outcome, CancellationToken cancellation) => outcome.Admission switch
    {
        null => outcome.ForRequester(),
        { Kind: AdmissionKind.Duplicate, Other: { } other } => StepOutcome.Read(other),
        { Kind: AdmissionKind.AlreadyHeld, Approval: { } held } => await PendingAsync(judgement.Action.Caller, held.Id, cancellation),
        { Kind: AdmissionKind.RejectedBefore, Approval: { } rejected } => await RefuseAsync(judgement, ApprovalRefusals.RejectedBefore(rejected.Reason), [], cancellation),
        { Kind: AdmissionKind.ModifiedBefore, Approval: { } modified } => await RefuseAsync(judgement, ApprovalRefusals.ChangedBefore(modified.Id, modified.StepId), [], cancellation),
        { Kind: AdmissionKind.LimitSpent, Spent: { RefusesInsteadOfBlocking: true } spent } => await RefuseAsync(judgement, PolicyRefusals.Spent(), [Spent(spent)], cancellation),
        { Kind: AdmissionKind.LimitSpent, Spent: { } spent } => await HoldOrRefuseAsync(judgement, [Spent(spent)], PolicyRefusals.Spent(), cancellation),
        _ => ActionOutcome.Refused(Refusal.Unset),
    };

    /// <summary>The answer to an action that is not permitted.</summary>
    public Task<ActionOutcome> AnswerAsync(Judgement judgement, PermissionKind kind, CancellationToken cancellation) => kind is PermissionKind.Blocked
        ? HoldOrRefuseAsync(judgement, judgement.Reasons, PolicyRefusals.Default(judgement.Because), cancellation)
        : RefuseAsync(judgement, PolicyRefusals.ForbiddenBecause(judgement.Because), judgement.Reasons, cancellation);

    private async Task<ActionOutcome> HoldOrRefuseAsync(Judgement judgement, ImmutableArray<string> reasons, Refusal refusal, CancellationToken cancellation)
    {
        if (judgement.Action.Capability.Approval is null)
        {
            return await RefuseAsync(judgement, refusal, reasons, cancellation);
        }

        var receipt = await hold.HoldAsync(judgement, reasons, cancellation);
        return receipt switch
        {
            { Kind: HoldKind.Held or HoldKind.AlreadyHeld, Approval: { } approval } => await PendingAsync(judgement.Action.Caller, approval.Id, cancellation),
            { Kind: HoldKind.RejectedBefore, Approval: { } approval } => await RefuseAsync(judgement, ApprovalRefusals.RejectedBefore(approval.ClosingReason), reasons, cancellation),
            { Kind: HoldKind.ModifiedBefore, Approval: { } approval } => await RefuseAsync(judgement, ApprovalRefusals.ChangedBefore(approval.Id, approval.StepId), reasons, cancellation),
            { Kind: HoldKind.Repeats, StepId: { } stepId } when await journal.FindAsync(judgement.Action.Caller.Tenant, stepId, cancellation) is { } step => StepOutcome.Read(step),
            { Kind: HoldKind.TooManyPending } => await RefuseAsync(judgement, ApprovalRefusals.TooMany(), reasons, cancellation),
            _ => ActionOutcome.Refused(ApprovalRefusals.NotRecorded()),
        };
    }

    private async Task<ActionOutcome> PendingAsync(Caller caller, string approvalId, CancellationToken cancellation) =>
        (await approvals.FindAsync(caller, approvalId, cancellation)).TryGet(out var view, out var refusal) ? ActionOutcome.Pending(view) : ActionOutcome.Refused(refusal);

    // A refusal that policy decided is in the ledger; if that cannot be written, the exception is the No.
    private async Task<ActionOutcome> RefuseAsync(Judgement judgement, Refusal refusal, ImmutableArray<string> reasons, CancellationToken cancellation)
    {
        var action = judgement.Action;
        var body = new JsonObject
        {
            ["capability"] = action.Capability.Name,
            ["manifest"] = action.Capability.Manifest.Digest,
            ["principal"] = action.Caller.Principal.Key,
            ["session"] = action.Caller.SessionId,
            ["summary"] = action.Summary,
            ["arguments"] = action.MaskedArguments.ToNode(),
            ["code"] = refusal.Code.Value,
            ["reasons"] = new JsonArray([.. reasons.Select(reason => (JsonNode?)reason)]),
            ["findings"] = DecisionRecord.Findings(judgement, Readers.Anyone),
        };
        var payload = CanonicalJson.Of(new JsonObject { ["arguments"] = action.Arguments.ToNode(), [RecordedJudgement.Member] = RecordedJudgement.Of(judgement) });
        await ledger.AppendAsync(
            action.Scope.Tenant.Id,
            new(LedgerKind.ActionForbidden, action.Capability.Name, CanonicalJson.Of(body), payload, Activity.Current?.TraceId.ToHexString()),
            cancellation);
        return ActionOutcome.Refused(refusal);
    }

    private static string Spent(LimitUse use) => $"{PolicyRefusals.LimitSpent.Value}:{use.Label}";
}
