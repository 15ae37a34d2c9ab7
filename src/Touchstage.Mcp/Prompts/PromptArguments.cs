using System.Text.Json;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;

namespace Touchstage.Mcp.Prompts;

/// <summary>A prompt's arguments as given: texts only, of bounded length.</summary>
internal sealed class PromptArguments(IDictionary<string, JsonElement>? given)
{
    private const int MaxReason = 1_000;
    private const int MaxName = 200;

    /// <summary>The approval's id, bare or as its address.</summary>
    public string Id => ApprovalUri.IdFrom(Text("id", MaxName) ?? throw ProtocolFaults.WrongArgument("Give id: the approval to decide, such as apr_…. review_queue lists them."));

    /// <summary>The decision code, or null.</summary>
    public string? Code => Text("code", MaxName);

    /// <summary>A longer text, or null.</summary>
    public string? Reason(string name) => Text(name, MaxReason);

    private string? Text(string name, int maxLength)
    {
        if (given is null || !given.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : throw ProtocolFaults.WrongArgument($"{name} must be a text.");
        return text.Length > maxLength ? throw ProtocolFaults.WrongArgument($"{name} has {text.Length} characters; {maxLength} are the most.") : text.Length > 0 ? text : null;
    }
}
