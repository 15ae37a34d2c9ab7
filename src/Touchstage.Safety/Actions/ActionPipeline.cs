using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Upstream;
using static Touchstage.Safety.Actions.PipelineStage;

namespace Touchstage.Safety.Actions;

/// <summary>The whole life of a call. Each stage takes the proof that the stage before it handed over, so a reordered or forgotten stage does not compile.</summary>
internal sealed class ActionPipeline(
    Caller.Identifier identifier,
    ResolvedAction.Resolver resolver,
    ProposedAction.Validator validator,
    Judgement.Judge judge,
    PermittedAction.Permitter permitter,
    RecordedStep.Recorder recorder,
    RefreshedStep.Refresher refresher,
    TokenedStep.Minter minter,
    OpenedConnection.Vault vault,
    UpstreamSender sender,
    Settlement settlement,
    BlockedActions blocked,
    ApprovedActions approved,
    UnknownSteps unknown,
    FactCache cache,
    PipelineTelemetry telemetry) : IActions, IFactSource
{
    /// <inheritdoc/>
    public async Task<ActionOutcome> RunAsync(string? sessionKey, ActionCall call, CancellationToken cancellation)
    {
        using var trace = PipelineTelemetry.Trace();
        if (!(await telemetry.StageAsync(Identify, () => identifier.IdentifyAsync(sessionKey, cancellation))).TryGet(out var caller, out var no) ||
            !(await ProposeAsync(caller, call, cancellation)).TryGet(out var proposed, out no))
        {
            return telemetry.Count(ActionOutcome.Refused(no));
        }

        var judgement = await telemetry.StageAsync(Judge, () => judge.JudgeAsync(proposed, this, cancellation));
        var permission = telemetry.Stage(Permit, () => permitter.Permit(judgement, grant: null));
        return telemetry.Count(permission.Action is { } permitted
            ? await blocked.UnlessAdmittedAsync(judgement, await CarryOutAsync(permitted, cancellation), cancellation)
            : await blocked.AnswerAsync(judgement, permission.Kind, cancellation));
    }

    /// <summary>Executes what people approved: the same stages from <c>resolve</c> on, with the grant that the votes come to.</summary>
    /// <returns>False if it stands in line behind an identical step and is to be tried again later.</returns>
    public async Task<bool> RunApprovedAsync(TenantId tenant, string approvalId, CancellationToken cancellation)
    {
        using var trace = PipelineTelemetry.Trace();
        if (await approved.RecallAsync(tenant, approvalId, cancellation) is not ({ } grant, { } caller, var modifier, { } call))
        {
            return true;
        }

        if (!(await ProposeAsync(caller, call, cancellation)).TryGet(out var proposed, out var no))
        {
            return await approved.RefuseAsync(grant, no, judgement: null, cancellation);
        }

        var judgement = await telemetry.StageAsync(Judge, () => judge.JudgeAsync(proposed, modifier, this, cancellation));
        var permission = telemetry.Stage(Permit, () => permitter.Permit(judgement, grant));
        return await (permission.Action is { } permitted
            ? approved.UnlessAdmittedAsync(grant, judgement, await CarryOutAsync(permitted, CancellationToken.None), cancellation)
            : approved.AnswerAsync(grant, judgement, permission.Kind, cancellation));
    }

    /// <summary>Looks for what became of a step of unknown outcome: a step of its own, permitted because the capability declares it. Whatever stands in the way leaves it to people.</summary>
    public async Task VerifyAsync(TenantId tenant, string stepId, CancellationToken cancellation)
    {
        using var trace = PipelineTelemetry.Trace();
        if (await unknown.RecallAsync(tenant, stepId, cancellation) is not { } sent ||
            !(await ProposeAsync(sent.Caller, sent.Call, cancellation)).TryGet(out var proposed, out _) ||
            !sent.IsStill(proposed) ||
            !permitter.PermitVerify(proposed, stepId).TryGet(out var permitted, out _))
        {
            await unknown.LeaveToPeopleAsync(tenant, stepId, cancellation);
        }
        else if (await unknown.ClaimAsync(tenant, stepId, cancellation))
        {
            await unknown.SettleAsync(sent, proposed, await CarryOutAsync(permitted, CancellationToken.None));
        }
    }

    /// <summary>Looks a fact up: a step of its own, permitted because the capability declares it, unless a young enough answer is at hand.</summary>
    async Task<FactAnswer> IFactSource.AskAsync(ProposedAction action, FactDeclaration fact, CancellationToken cancellation) =>
        permitter.PermitFact(action, fact.Name).TryGet(out var permitted, out var no)
            ? await cache.AskAsync(permitted, fact.CacheFor, async () => FactAnswers.Of(await CarryOutAsync(permitted, cancellation)), cancellation)
            : new(null, no.Code.Value, null);

    private async Task<Result<ProposedAction>> ProposeAsync(Caller caller, ActionCall call, CancellationToken cancellation) =>
        (await telemetry.StageAsync(Resolve, () => resolver.ResolveAsync(caller, call.Tool, cancellation))).TryGet(out var resolved, out var no)
            ? telemetry.Stage(Validate, () => validator.Validate(resolved, call.ArgumentsJson, call.Narrative))
            : no;

    private async Task<StepOutcome> CarryOutAsync(PermittedAction permitted, CancellationToken cancellation)
    {
        var recording = await telemetry.StageAsync(Record, () => recorder.RecordAsync(permitted, cancellation));
        if (recording.Step is not { } recorded)
        {
            return StepOutcome.NotAdmitted(recording.Admission);
        }

        // Invariant: from here on the step stands in the ledger, so it is settled whatever happens, and the caller's cancellation stops it only before it is sent.
        var answer = await settlement.GuardAsync(
            recorded,
            async () =>
            {
                if (!(await telemetry.StageAsync(Refresh, () => refresher.RefreshAsync(recorded, cancellation))).TryGet(out var refreshed, out var no))
                {
                    return no;
                }

                var tokened = await telemetry.StageAsync(Mint, () => minter.MintAsync(refreshed, CancellationToken.None));
                return await telemetry.StageAsync(Open, () => vault.OpenAsync(tokened, CancellationToken.None));
            },
            opened => telemetry.StageAsync(Send, () => sender.SendAsync(opened, cancellation)));
        return await telemetry.StageAsync(Settle, () => settlement.SettleAsync(recorded, answer));
    }
}
