using System.Text.Json;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>The form in which a case is decided. Nothing in it says yes unless somebody chooses it.</summary>
internal static class ReviewForm
{
    /// <summary>The question's name.</summary>
    public const string Key = "decision";

    private const string Decision = "decision";
    private const string Note = "note";
    private const string Tag = "tag";
    private const int MaxNote = 1_000;

    private static readonly string[] Choices = ["approve", "reject", "modify"];

    /// <summary>What the person reads: the case, and after everything that a model could have written, how to decide.</summary>
    public static string Message(ApprovalView approval)
    {
        var unfit = approval.Case is { } shown ? string.Join(", ", ChangeFields.Unfit(shown)) : "";
        return $"{CaseText.Of(approval)}\nHow to decide\n"
            + "    approve: it is executed exactly as shown above\n"
            + "    reject:  nothing is executed, and the agent is told the note\n"
            + "    modify:  the changed fields are shown to you once more before anything is recorded\n"
            + (unfit.Length > 0 ? $"    {VisibleText.Line(unfit)}: to be changed with the prompt modify\n" : "")
            + "Cancel, and nothing is recorded.";
    }

    public static ElicitRequestParams.RequestSchema Fields(ApprovalView approval)
    {
        var canChange = approval.Case is { } known && ChangeFields.Skeleton(known).Count > 0;
        var fields = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
        {
            [Decision] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Title = "Decision", Enum = canChange ? Choices : Choices[..2] },
            [Note] = new ElicitRequestParams.StringSchema { Title = "Note", Description = "The reason of a No, which the agent reads; otherwise for the record.", MaxLength = MaxNote },
            [Tag] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Title = "Lesson", Description = "What is to be learnt from it, if anything.", Enum = [.. DecisionTags.Names] },
        };
        foreach (var (name, field) in approval.Case is { } shown ? ChangeFields.Of(shown) : [])
        {
            fields[name] = field;
        }

        return new() { Properties = fields, Required = [Decision] };
    }

    /// <summary>Reads it as it was filled in.</summary>
    /// <exception cref="ModelContextProtocol.McpProtocolException">It is not this form filled in.</exception>
    public static ReviewAnswer Read(ApprovalCaseView? shown, ElicitResult answer)
    {
        var content = answer.Content ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var choice = Text(content, Decision) switch
        {
            "approve" => ReviewChoice.Approve,
            "reject" => ReviewChoice.Reject,
            "modify" => ReviewChoice.Modify,
            _ => throw ProtocolFaults.WrongArgument($"The form's decision must be one of {string.Join(", ", Choices)}. Nothing was recorded."),
        };
        var note = Text(content, Note) ?? "";
        return note.Length > MaxNote
            ? throw ProtocolFaults.WrongArgument($"The form's note has {note.Length} characters; {MaxNote} are the most. Nothing was recorded.")
            : new(choice, note, TagOf(content), shown is null ? [] : ChangeFields.Read(shown, content));
    }

    private static DecisionTag TagOf(IDictionary<string, JsonElement> content) => DecisionTags.TryParse(Text(content, Tag), out var tag)
        ? tag
        : throw ProtocolFaults.WrongArgument($"The form's tag must be one of {string.Join(", ", DecisionTags.Names)}. Nothing was recorded.");

    private static string? Text(IDictionary<string, JsonElement> content, string name) =>
        content.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : null;
}
