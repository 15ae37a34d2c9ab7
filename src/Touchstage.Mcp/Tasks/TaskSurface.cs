#pragma warning disable MCPEXP002 // The protocol library marks the seams for extensions as experimental.
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Tasks;

/// <summary>The extension's three methods over the approvals of the agent that asks. A task of somebody else looks like one that does not exist.</summary>
internal sealed class TaskSurface(IApprovals approvals)
{
    private const string TaskId = "taskId";

    /// <summary>The methods, as the protocol library takes them.</summary>
    public IEnumerable<McpServerRequestHandler> Handlers =>
    [
        new() { Method = "tasks/get", RoutingNameParameter = TaskId, Handler = GetAsync },
        new() { Method = "tasks/update", RoutingNameParameter = TaskId, Handler = UpdateAsync },
        new() { Method = "tasks/cancel", RoutingNameParameter = TaskId, Handler = CancelAsync },
    ];

    private async ValueTask<JsonNode?> GetAsync(JsonRpcRequest request, CancellationToken cancellation)
    {
        var (_, approval) = await DemandAsync(request, cancellation);
        return Complete(ApprovalTask.Of(approval));
    }

    // No task of ours ever asks its client for anything, so whatever is answered is ignored, as the extension has it.
    private async ValueTask<JsonNode?> UpdateAsync(JsonRpcRequest request, CancellationToken cancellation)
    {
        await DemandAsync(request, cancellation);
        return Complete([]);
    }

    // What is over or already being executed can no longer be taken back; the extension has a wish for it acknowledged all the same.
    private async ValueTask<JsonNode?> CancelAsync(JsonRpcRequest request, CancellationToken cancellation)
    {
        var (caller, approval) = await DemandAsync(request, cancellation);
        await approvals.WithdrawAsync(caller, approval.Id, "", cancellation);
        return Complete([]);
    }

    private async Task<(Caller Caller, ApprovalView Approval)> DemandAsync(JsonRpcRequest request, CancellationToken cancellation)
    {
        var caller = SessionIdentity.Of(request.Context?.User).Demand();
        TasksExtension.Demand(request);
        var id = request.Params is JsonObject parameters && parameters[TaskId] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw ProtocolFaults.WrongArgument($"{request.Method}: params.{TaskId} must be given as a text.");

        // An approver may see approvals of others, but no task is an approver's.
        return caller.Kind == SessionKind.Agent && (await approvals.FindAsync(caller, id, cancellation)).TryGet(out var approval, out _)
            ? (caller, approval)
            : throw ProtocolFaults.UnknownTask(id);
    }

    private static JsonObject Complete(JsonObject result)
    {
        result["resultType"] = "complete";
        return result;
    }
}
