using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Demo;

/// <summary>What an agent was answered to a tool call.</summary>
internal sealed class ToolAnswer
{
    private ToolAnswer(JsonElement envelope, string? fault) => (Envelope, Fault) = (envelope, fault);

    /// <summary>The structured content; nothing for a protocol fault.</summary>
    public JsonElement Envelope { get; }

    /// <summary>The protocol's own error, such as for a tool that does not exist; else null.</summary>
    public string? Fault { get; }

    public string Status => Fault is null ? Text("status") ?? "no status" : "protocol fault";

    public string? Code => Text("code");

    public string? Reason => Text("reason");

    public string? Step => Text("step");

    public string? ApprovalId => Approval("id");

    public string? ApprovalUri => Approval("uri");

    public string? ApprovalReason => Approval("reason");

    /// <summary>What was wrong with the arguments; empty otherwise.</summary>
    public IReadOnlyList<(string Path, string Rule, string Expected)> Problems =>
        Envelope.ValueKind == JsonValueKind.Object && Envelope.TryGetProperty("problems", out var problems)
            ? [.. problems.EnumerateArray().Select(problem => (problem.GetProperty("path").GetString() ?? "", problem.GetProperty("rule").GetString() ?? "", problem.GetProperty("expected").GetString() ?? ""))]
            : [];

    public static ToolAnswer Of(CallToolResult result) => new(result.StructuredContent ?? default, null);

    public static ToolAnswer FaultOf(string message) => new(default, message);

    /// <summary>A member of the result, as text; null if there is none.</summary>
    public string? Result(string name) =>
        Envelope.ValueKind == JsonValueKind.Object && Envelope.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out var value)
            ? value.ToString()
            : null;

    private string? Approval(string name) =>
        Envelope.ValueKind == JsonValueKind.Object && Envelope.TryGetProperty("approval", out var approval) && approval.TryGetProperty(name, out var value) ? value.GetString() : null;

    private string? Text(string name) =>
        Envelope.ValueKind == JsonValueKind.Object && Envelope.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
