using System.Text.Json;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>A prompt's arguments as given: texts only, of bounded length.</summary>
internal sealed class PromptArguments(IDictionary<string, JsonElement>? given)
{
    private const int MaxReason = 1_000;
    private const int MaxName = 200;
    private const int MaxChanges = 20_000;

    // Of a field that is given twice, a person would see one and the server might take the other.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The approval's id: bare, as its address, or as completion offers it, with the summary after it.</summary>
    public string Id => ApprovalUri.IdFrom(Text("id", MaxName) ?? throw ProtocolFaults.WrongArgument("Give id: the approval to decide, such as apr_…. review_queue lists them."));

    /// <summary>The decision code, or null.</summary>
    public string? Code => Text("code", MaxName);

    /// <summary>What kind of lesson the decision is.</summary>
    public DecisionTag Tag => DecisionTags.TryParse(Text("tag", MaxName), out var tag) ? tag : throw ProtocolFaults.WrongArgument($"tag is one of {string.Join(", ", DecisionTags.Names)}, or is left out.");

    /// <summary>The changes of a modification, a JSON merge patch; null if none are given.</summary>
    public JsonElement? Changes
    {
        get
        {
            if (Text("changes", MaxChanges) is not { } text)
            {
                return null;
            }

            try
            {
                using var read = JsonDocument.Parse(text, Strict);
                return read.RootElement.ValueKind == JsonValueKind.Object ? read.RootElement.Clone() : throw ProtocolFaults.WrongArgument(ChangesShape);
            }
            catch (JsonException)
            {
                throw ProtocolFaults.WrongArgument(ChangesShape);
            }
        }
    }

    /// <summary>A longer text, or null.</summary>
    public string? Reason(string name) => Text(name, MaxReason);

    private const string ChangesShape = "changes must be a JSON object of the arguments to change and their new values, each once, such as {\"amount\": 20}.";

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
