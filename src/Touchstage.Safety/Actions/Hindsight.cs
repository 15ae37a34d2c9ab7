using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>Settles a step of unknown outcome by what was found out afterwards.</summary>
internal sealed class Hindsight(IStepJournal journal, TimeProvider time)
{
    /// <summary>Writes the outcome. Limits are not given back: the request may well have reached the upstream.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="step">The step.</param>
    /// <param name="happened">What was found out.</param>
    /// <param name="told">What its requester is told.</param>
    /// <param name="by">By whom or what, for the ledger.</param>
    public Task<SettleKind> SettleAsync(TenantId tenant, StepRecord step, bool happened, Refusal told, JsonObject by)
    {
        var status = happened ? StepStatus.Completed : StepStatus.Failed;
        var outcome = CanonicalJson.Of(new JsonObject { ["status"] = Settlement.Name(status), ["code"] = told.Code.Value, ["reason"] = told.Reason });
        by["step"] = step.StepId;
        by["status"] = Settlement.Name(status);
        by["code"] = told.Code.Value;
        by["approval"] = step.ApprovalId;
        return journal.SettleAsync(
            tenant,
            new(step.StepId, status, outcome, ReleasesLimits: false, time.GetUtcNow(), StepEntries.Settled(step.StepId, by, null), IsHindsight: true),
            CancellationToken.None);
    }
}
