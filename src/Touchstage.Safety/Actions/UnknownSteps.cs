using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>What becomes of a step of unknown outcome before and beside a look at it: recalled from the ledger, left to people, or settled by what was found.</summary>
internal sealed partial class UnknownSteps(
    IStepJournal journal, ILedgerStore ledger, Caller.Identifier identifier, Hindsight hindsight, TimeProvider time, ILogger<UnknownSteps> logger)
{
    /// <summary>
    /// The step as it was sent; null if nobody can say that, or if it was sent for a session that was revoked since: a look is taken on somebody's behalf, and that is nobody's any more.
    /// </summary>
    public async Task<SentStep?> RecallAsync(TenantId tenant, string stepId, CancellationToken cancellation) =>
        await journal.FindAsync(tenant, stepId, cancellation) is { Status: StepStatus.Unknown } step
        && (await ledger.ReadAboutAsync(tenant, stepId, cancellation)).FirstOrDefault(e => e.Kind == LedgerKind.StepRecorded) is { } recorded
        && await PayloadAsync(tenant, recorded, cancellation) is { } payload
        && StepEntries.SentOf(payload) is { } request
        && (await identifier.RecallAsync(tenant, step.SessionId, cancellation)).TryGet(out var caller, out _)
        && caller.Principal.Key == step.PrincipalKey
            ? new(step, caller, new(step.Capability, payload.GetProperty("arguments").GetRawText(), Narrative.None), request, recorded.Number)
            : null;

    /// <summary>Whether the look that is due is this server's.</summary>
    public async Task<bool> ClaimAsync(TenantId tenant, string stepId, CancellationToken cancellation) =>
        await journal.LookAsync(tenant, stepId, leavesToPeople: false, cancellation) is LookKind.Claimed;

    /// <summary>Looks no more.</summary>
    public async Task LeaveToPeopleAsync(TenantId tenant, string stepId, CancellationToken cancellation)
    {
        if (await journal.LookAsync(tenant, stepId, leavesToPeople: true, cancellation) is LookKind.LeftToPeople)
        {
            LogLeft(stepId);
        }
    }

    /// <summary>Settles the step if the answer of the look-up shows what became of it; otherwise it stays unknown.</summary>
    public async Task SettleAsync(SentStep sent, ProposedAction action, StepOutcome lookUp)
    {
        if (lookUp is not { Admission: null, Status: StepStatus.Completed, Result: { } answer, StepId: { } lookUpId })
        {
            return;
        }

        var (verify, step) = (action.Capability.Verify!, sent.Step);
        var evidence = Evidence.Of(verify, action.Arguments, step.StepId, answer);
        var happened = evidence.Kind is EvidenceKind.Succeeded;
        if (happened || (evidence.Kind is EvidenceKind.Failed && await ShowsAbsenceAsync(sent, verify)))
        {
            var told = new Refusal(ActionRefusals.ByEvidence, happened ? ActionRefusals.FoundText : ActionRefusals.NotFoundText);
            var by = new JsonObject { ["settled_by"] = "verify", ["look_up"] = lookUpId, ["manifest"] = action.Capability.Manifest.Digest, ["evidence"] = evidence.Describe() };
            await hindsight.SettleAsync(TenantId.Parse(step.Tenant), step, happened, told, by);
        }
    }

    // Invariant: that nothing is there shows something only where it would have been seen: while the API surely knows the step's id, and with the credential of then, because another
    // may open another account.
    private async Task<bool> ShowsAbsenceAsync(SentStep sent, VerifyDeclaration verify) =>
        time.GetUtcNow() < sent.Step.RecordedAt + verify.Window
        && (await ledger.ReadAboutAsync(TenantId.Parse(sent.Step.Tenant), sent.Step.Connection, CancellationToken.None))
            .All(entry => entry.Kind != LedgerKind.SecretSet || entry.Number < sent.LedgerNumber);

    private async Task<JsonElement?> PayloadAsync(TenantId tenant, LedgerEntry recorded, CancellationToken cancellation)
    {
        try
        {
            return (await ledger.OpenPayloadAsync(tenant, recorded.Number, cancellation))?.Root;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "No look is taken at step {StepId} any more: its session, request or connection is not what it was. A person must find out what became of it.")]
    private partial void LogLeft(string stepId);
}
