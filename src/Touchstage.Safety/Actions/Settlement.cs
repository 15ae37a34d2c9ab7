using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Upstream;

namespace Touchstage.Safety.Actions;

/// <summary>The stage <c>settle</c>: the outcome of a recorded step goes into the ledger, whatever happens to the caller.</summary>
internal sealed partial class Settlement(IStepJournal journal, IAccessTokens access, TimeProvider time, ILogger<Settlement> logger)
{
    private const int SettleTries = 3;
    private const int Unauthorized = 401;

    /// <summary>
    /// Runs everything between record and settle. What breaks before <c>send</c> surely did not happen; what breaks inside <c>send</c> may have.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever breaks after a step was recorded is an outcome of that step.")]
    public async Task<UpstreamAnswer> GuardAsync(RecordedStep step, Func<Task<Result<OpenedConnection>>> prepare, Func<OpenedConnection, Task<UpstreamAnswer>> send)
    {
        OpenedConnection? opened;
        try
        {
            if (!(await prepare()).TryGet(out opened, out var no))
            {
                return UpstreamAnswer.NotSent(no);
            }
        }
        catch (Exception exception)
        {
            LogBroken(step.Id, isSending: false, exception.GetType().Name);
            return UpstreamAnswer.NotSent(new(ActionRefusals.NotSent, "The action could not be prepared for sending. Nothing happened."));
        }

        using var cleared = opened;
        try
        {
            var answer = await send(opened);
            if (answer.HttpStatus is Unauthorized && opened.AccessVersion is { } version)
            {
                await access.ExpireAsync(step.Action.Action.Scope.Tenant.Id, step.Action.Action.Scope.Connection, version);
            }

            return answer;
        }
        catch (Exception exception)
        {
            LogBroken(step.Id, isSending: true, exception.GetType().Name);
            return UpstreamAnswer.Unclear(
                new(ActionRefusals.SendingFailed, "Sending the request broke off. It may or may not have happened; do not try again before a person has checked."));
        }
    }

    /// <summary>Writes the outcome. If that fails, the step reads as unknown, which is what the answer then says.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A store that cannot write must not turn a sent request into an exception; the answer is unknown.")]
    public async Task<StepOutcome> SettleAsync(RecordedStep step, UpstreamAnswer answer)
    {
        var outcome = Outcome(answer);
        try
        {
            var body = new JsonObject
            {
                ["step"] = step.Id,
                ["status"] = Name(answer.Status),
                ["code"] = answer.Code?.Value,
                ["http_status"] = answer.HttpStatus,
                ["permitted_by"] = step.PermittedBy,
                ["approval"] = step.Action.Grant?.ApprovalId,
                ["surely_not_reached"] = answer.SurelyNotReached,
            };
            var settlement = new StepSettlement(
                step.Id,
                answer.Status,
                outcome,
                answer.SurelyNotReached,
                time.GetUtcNow(),
                StepEntries.Settled(step.Id, body, outcome));
            var kind = await SettleAsync(step.Action.Action.Scope.Tenant.Id, settlement);
            if (kind is SettleKind.Written)
            {
                return new(null, step.Id, answer.Status, answer.Code?.Value, answer.Reason, answer.Result);
            }

            LogNotSettled(step.Id, kind.ToString());
        }
        catch (Exception exception)
        {
            LogNotSettled(step.Id, exception.GetType().Name);
        }

        return new(null, step.Id, StepStatus.Unknown, ActionRefusals.Unsettled.Value, ActionRefusals.UnsettledText, null);
    }

    /// <summary>Marks a step unknown that nobody settled before its deadline: the server that sent it is gone.</summary>
    public Task<SettleKind> AbandonAsync(StepRecord step, CancellationToken cancellation)
    {
        var outcome = CanonicalJson.Of(new JsonObject { ["status"] = "unknown", ["code"] = ActionRefusals.Unsettled.Value, ["reason"] = ActionRefusals.UnsettledText });
        var body = new JsonObject
        {
            ["step"] = step.StepId,
            ["status"] = "unknown",
            ["code"] = ActionRefusals.Unsettled.Value,
            ["reason"] = "Nobody settled the step before its deadline.",
            ["approval"] = step.ApprovalId,
        };
        return journal.SettleAsync(
            TenantId.Parse(step.Tenant),
            new(step.StepId, StepStatus.Unknown, outcome, ReleasesLimits: false, time.GetUtcNow(), StepEntries.Settled(step.StepId, body, null)),
            cancellation);
    }

    /// <summary>A status as the ledger and outcomes spell it.</summary>
    public static string Name(StepStatus status) => status switch
    {
        StepStatus.Completed => "completed",
        StepStatus.Failed => "failed",
        _ => "unknown",
    };

    // What happened is worth more than one try: a locked store may be free a moment later. A settlement that was written after all says so.
    private async Task<SettleKind> SettleAsync(TenantId tenant, StepSettlement settlement)
    {
        for (var left = SettleTries; ; left--)
        {
            try
            {
                var kind = await journal.SettleAsync(tenant, settlement, CancellationToken.None);
                return kind is SettleKind.AlreadySettled && left < SettleTries ? SettleKind.Written : kind;
            }
            catch (Exception exception) when (left > 1)
            {
                LogTriedAgain(settlement.StepId, exception.GetType().Name);
            }
        }
    }

    private static CanonicalJson Outcome(UpstreamAnswer answer)
    {
        var outcome = new JsonObject { ["status"] = Name(answer.Status) };
        if (answer.Code is { } code)
        {
            outcome["code"] = code.Value;
            outcome["reason"] = answer.Reason;
        }

        if (answer.Result is { } result)
        {
            outcome["result"] = result.ToNode();
        }

        return CanonicalJson.Of(outcome);
    }

    [LoggerMessage(1, LogLevel.Error, "Step {StepId} broke off (while sending: {IsSending}): {Exception}.")]
    private partial void LogBroken(string stepId, bool isSending, string exception);

    [LoggerMessage(3, LogLevel.Warning, "Settling step {StepId} failed ({Exception}); it is tried again.")]
    private partial void LogTriedAgain(string stepId, string exception);

    [LoggerMessage(2, LogLevel.Critical, "Step {StepId} could not be settled ({Why}); it reads as unknown.")]
    private partial void LogNotSettled(string stepId, string why);
}
