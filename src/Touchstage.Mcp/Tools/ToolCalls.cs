using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Tools;

/// <summary>Takes a tool call to the safety library and its outcome back.</summary>
internal sealed partial class ToolCalls(IActions actions, SystemTools system, InboxAddress inbox, RunningCalls running, ILogger<ToolCalls> log)
{
    private const string UnknownTool = "unknown_tool";
    private const string WrongKind = "wrong_session_kind";

    public async ValueTask<CallAnswer> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        if (system.Find(request.Params.Name) is { } tool)
        {
            return new(await SystemTools.CallAsync(tool, request, cancellation));
        }

        var identity = SessionIdentity.Of(request.User);
        var call = new ActionCall(request.Params.Name, ReceivedArguments.Of(request.JsonRpcRequest), AiInvocation.Of(request.Params.Meta));
        var outcome = await RunAsync(identity, call, cancellation);
        return outcome switch
        {
            null => new(OutcomeResult.Refused(Refusal.NothingDecided.Value, "The server could not carry the call out; nothing was executed. The operator finds the cause in its log.")),
            { Status: ActionStatus.Refused, Code: UnknownTool or WrongKind } => throw ProtocolFaults.UnknownTool(call.Tool),
            { Status: ActionStatus.PendingApproval, Approval: { } held } => new(OutcomeResult.Pending(held, inbox.Of(held.Id)), held),
            _ => new(OutcomeResult.Of(call.Tool, outcome)),
        };
    }

    private async Task<ActionOutcome?> RunAsync(SessionIdentity identity, ActionCall call, CancellationToken cancellation)
    {
        try
        {
            return await running.Track(actions.RunAsync(identity.RevealKey(), call, cancellation));
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or McpException))
        {
            // Invariant of IActions: an exception means that nothing was executed.
            LogBroken(log, call.Tool, broken);
            return null;
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "The call of {Tool} broke before anything was executed")]
    private static partial void LogBroken(ILogger logger, string tool, Exception broken);
}
