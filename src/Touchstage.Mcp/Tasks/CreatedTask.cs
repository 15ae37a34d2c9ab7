using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tasks;

/// <summary>Answers a tool call with a task instead of a result: <c>resultType: "task"</c>.</summary>
internal sealed class CreatedTask : Result
{
    /// <summary>The task's members, beside <c>resultType</c>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Members { get; init; }
}
