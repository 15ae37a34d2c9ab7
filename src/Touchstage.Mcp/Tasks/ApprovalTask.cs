using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Tools;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tasks;

/// <summary>An approval as a task: the same row under the same id, told in the words of the extension.</summary>
internal static class ApprovalTask
{
    private const int PollWhilePending = 5_000;
    private const int PollWhileExecuting = 1_000;

    /// <summary>The task as <c>tasks/get</c> tells it.</summary>
    public static JsonObject Of(ApprovalView approval)
    {
        var task = Head(approval);
        if (StatusOf(approval.State) == "completed")
        {
            task["result"] = JsonSerializer.SerializeToNode(OutcomeResult.Settled(approval), McpJsonUtilities.DefaultOptions);
        }

        return task;
    }

    /// <summary>What every telling of a task has.</summary>
    public static JsonObject Head(ApprovalView approval)
    {
        var task = new JsonObject
        {
            ["taskId"] = approval.Id,
            ["status"] = StatusOf(approval.State),
            ["statusMessage"] = $"{VisibleText.Line(approval.Summary)}: {StateName.Of(approval.State)}. {NextText.Of(approval)}",
            ["createdAt"] = ApprovalDocument.Time(approval.CreatedAt),
            ["lastUpdatedAt"] = ApprovalDocument.Time(approval.ChangedAt),

            // The row stays; what bounds the wait is the approval's own expiry.
            ["ttlMs"] = null,
        };
        if (!IsOver(approval.State))
        {
            task["pollIntervalMs"] = approval.State == ApprovalState.Pending ? PollWhilePending : PollWhileExecuting;
        }

        return task;
    }

    /// <summary>
    /// The extension's status. <c>input_required</c> would ask the client, and a client never decides: while people do, the server works. A person's No, an expiry or a
    /// failure is a result like any other, so it is completed with the answer that the call would have got; taken back is cancelled. Nothing here is a protocol error,
    /// so nothing is <c>failed</c>.
    /// </summary>
    public static string StatusOf(ApprovalState state) => state switch
    {
        ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Executing => "working",
        ApprovalState.Withdrawn => "cancelled",
        _ => "completed",
    };

    private static bool IsOver(ApprovalState state) => StatusOf(state) != "working";
}
