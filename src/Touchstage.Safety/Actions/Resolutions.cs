using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <inheritdoc/>
internal sealed class Resolutions(IStepJournal journal, ResolutionAccess access, ILedgerStore ledger, Hindsight hindsight) : IResolutions
{
    private const int MaxListed = 200;
    private const int MaxSeen = 2_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UnknownStepView>> ListAsync(Caller approver, CancellationToken cancellation)
    {
        var views = new List<UnknownStepView>();
        if (approver.Kind is SessionKind.Approver)
        {
            foreach (var step in await journal.ListUnknownAsync(approver.Tenant, MaxSeen, cancellation))
            {
                if (views.Count < MaxListed && await access.WhyNotAsync(approver, step, cancellation) is null)
                {
                    views.Add(await ViewAsync(approver, step, cancellation));
                }
            }
        }

        return views;
    }

    /// <inheritdoc/>
    public async Task<Result<UnknownStepView>> FindAsync(Caller approver, string id, CancellationToken cancellation) =>
        (await UnknownAsync(approver, id, cancellation)).TryGet(out var step, out var refusal) ? await ViewAsync(approver, step, cancellation) : refusal;

    /// <inheritdoc/>
    public async Task<Result<ResolutionReceipt>> ResolveAsync(Caller approver, Resolution resolution, CancellationToken cancellation)
    {
        if (!(await UnknownAsync(approver, resolution.Id, cancellation)).TryGet(out var step, out var refusal))
        {
            return refusal;
        }

        if (VoteEntry.Clean(resolution.Reason) is not { Length: > 0 } reason)
        {
            return ResolutionRefusals.Reason();
        }

        return await hindsight.SettleAsync(approver.Tenant, step, resolution.Succeeded, Told(resolution.Succeeded, reason), By(approver, resolution, reason)) switch
        {
            SettleKind.Written => new ResolutionReceipt(step.StepId, step.ApprovalId, resolution.Succeeded ? ActionStatus.Completed : ActionStatus.Failed, step.Summary),
            SettleKind.AlreadySettled when await journal.FindAsync(approver.Tenant, step.StepId, cancellation) is { } settled => ResolutionRefusals.Settled(StepOutcome.Read(settled)),
            SettleKind.InFlight => ResolutionRefusals.InFlight(),
            _ => ResolutionRefusals.UnknownStep(),
        };
    }

    private async Task<Result<StepRecord>> UnknownAsync(Caller approver, string id, CancellationToken cancellation) =>
        (await access.StepAsync(approver, id, cancellation)).TryGet(out var step, out var refusal)
            ? step.Status switch
            {
                StepStatus.Unknown => step,
                StepStatus.InFlight => ResolutionRefusals.InFlight(),
                _ => ResolutionRefusals.Settled(StepOutcome.Read(step)),
            }
            : refusal;

    private static Refusal Told(bool succeeded, string reason) => new(
        ActionRefusals.ByPerson,
        $"The API's answer was lost, and a person found out that the action {(succeeded ? "happened: it was done. There is no result of it to show; do not propose it again." : "did not happen.")} They say: {reason}");

    private static JsonObject By(Caller approver, Resolution resolution, string reason) => new()
    {
        ["settled_by"] = "person",
        ["resolver"] = approver.Principal.Key,
        ["session"] = approver.SessionId,
        ["roles"] = new JsonArray([.. approver.Roles.Select(role => (JsonNode?)role)]),
        ["reason"] = reason,
        ["channel"] = Door.NameOf(resolution.Channel),
    };

    private async Task<UnknownStepView> ViewAsync(Caller approver, StepRecord step, CancellationToken cancellation)
    {
        var recorded = (await ledger.ReadAboutAsync(approver.Tenant, step.StepId, cancellation)).FirstOrDefault(entry => entry.Kind == LedgerKind.StepRecorded);
        var body = recorded is null ? default : CanonicalJson.Restore(recorded.Bytes.AsSpan()).Root.GetProperty("body");
        var outcome = StepOutcome.Read(step);
        return new(
            step.StepId,
            step.ApprovalId,
            step.Capability,
            step.Summary,
            step.PrincipalKey,
            step.Connection,
            Member(body, "arguments"),
            Member(body, "request"),
            outcome.Code ?? ActionRefusals.Unsettled.Value,
            outcome.Reason ?? ActionRefusals.UnsettledText,
            step.RecordedAt,
            step.Looks,
            step.VerifyAt);
    }

    private static JsonElement Member(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : CanonicalJson.Of(new JsonObject()).Root;
}
