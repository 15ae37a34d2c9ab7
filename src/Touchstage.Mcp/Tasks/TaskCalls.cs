#pragma warning disable MCPEXP002 // The protocol library marks the seams for extensions as experimental.
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Tools;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tasks;

/// <summary>Calls tools; a call that is held becomes a task for a client that declared the extension with it, and for nobody else.</summary>
internal sealed class TaskCalls(ToolCalls calls)
{
    private static readonly JsonTypeInfo<CreatedTask> Shape =
        (JsonTypeInfo<CreatedTask>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(CreatedTask));

    public async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        var answer = await calls.CallAsync(request, cancellation);

        // The approval is stored before the call is answered, so tasks/get finds it at once.
        return answer.Held is { } held && TasksExtension.IsDeclared(request.JsonRpcRequest)
            ? ResultOrAlternate<CallToolResult>.FromAlternate(Created(held), Shape)
            : answer.Result;
    }

    private static CreatedTask Created(ApprovalView held) => new()
    {
        ResultType = "task",
        Members = ApprovalTask.Head(held).ToDictionary(member => member.Key, member => JsonSerializer.SerializeToElement(member.Value), StringComparer.Ordinal),
    };
}
