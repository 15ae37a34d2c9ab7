using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Tools;

/// <summary>What a call came to, in the one envelope that all tools share, and again in words.</summary>
internal static class OutcomeResult
{
    private const string Json = "application/json";

    public static CallToolResult Of(string tool, ActionOutcome outcome) => outcome.Status switch
    {
        ActionStatus.Completed => Completed(tool, outcome.StepId, outcome.Code, outcome.Reason, outcome.Result),
        ActionStatus.Failed => NotDone("failed", outcome.Code, outcome.Reason, outcome.StepId),
        ActionStatus.Unknown => NotDone("unknown", outcome.Code, outcome.Reason, outcome.StepId),
        _ => Refused(outcome.Code ?? Refusal.NothingDecided.Value, outcome.Reason ?? "No decision was made, so the answer is No.", outcome.Problems),
    };

    /// <summary>A No: nothing was executed.</summary>
    public static CallToolResult Refused(string code, string reason, ImmutableArray<Problem> problems = default)
    {
        var envelope = new JsonObject { ["status"] = "refused", ["code"] = code, ["reason"] = reason };
        if (!problems.IsDefaultOrEmpty)
        {
            envelope["problems"] = new JsonArray([.. problems.Select(problem =>
                (JsonNode)new JsonObject { ["path"] = problem.Path, ["rule"] = problem.Rule, ["expected"] = problem.Message })]);
        }

        return Result(envelope, OutcomeText.Refused(code, reason, problems), isError: true);
    }

    /// <summary>A No to a call of the server's own tools: what a capability has executed is another matter.</summary>
    public static CallToolResult NothingChanged(string code, string reason) =>
        Result(new JsonObject { ["status"] = "refused", ["code"] = code, ["reason"] = reason }, OutcomeText.NothingChanged(code, reason), isError: true);

    /// <summary>How an approval stands.</summary>
    /// <param name="approval">The approval.</param>
    /// <param name="inboxUrl">Where people decide it, or null.</param>
    /// <param name="note">What else there is to say, or null.</param>
    public static CallToolResult Approval(ApprovalView approval, string? inboxUrl = null, string? note = null)
    {
        var document = ApprovalDocument.Of(approval, inboxUrl);
        Add(document, "note", note);
        return Result(document, document.ToJsonString(), isError: false);
    }

    /// <summary>What became of a call whose approval is over: the very answer that the call would have got had it not been held.</summary>
    public static CallToolResult Settled(ApprovalView approval)
    {
        var (code, reason, result) = (Text(approval.Outcome, "code"), Text(approval.Outcome, "reason"), Part(approval.Outcome, "result"));
        return approval.State switch
        {
            ApprovalState.Succeeded => Completed(approval.Capability, approval.StepId, code, Both(reason, approval), result),
            ApprovalState.Failed => NotDone("failed", code, Both(reason, approval), approval.StepId),
            ApprovalState.Unknown => NotDone("unknown", code, Both(reason, approval), approval.StepId),
            _ => Refused(approval.ClosingCode ?? Refusal.NothingDecided.Value, NextText.Of(approval)),
        };
    }

    /// <summary>A call that waits for people. Not an error: it was taken in, and a person decides.</summary>
    public static CallToolResult Pending(ApprovalView approval, string? inboxUrl)
    {
        var uri = ApprovalUri.Of(approval.Id);
        var envelope = new JsonObject
        {
            ["status"] = "pending_approval",
            ["approval"] = new JsonObject
            {
                ["id"] = approval.Id,
                ["uri"] = uri,
                ["summary"] = approval.Summary,
                ["reason"] = approval.Reason,
                ["expires_at"] = ApprovalDocument.Time(approval.ExpiresAt),
            },
        };
        Add((JsonObject)envelope["approval"]!, "inbox_url", inboxUrl);
        var result = Result(envelope, OutcomeText.Pending(approval, inboxUrl), isError: false);
        result.Content.Add(new ResourceLinkBlock
        {
            Uri = uri,
            Name = approval.Id,
            Title = "Pending approval",
            Description = approval.Summary,
            MimeType = Json,
            Annotations = new() { Audience = [Role.User, Role.Assistant], Priority = 1f },
        });
        result.Content.Add(new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents { Uri = uri, MimeType = Json, Text = ApprovalDocument.Of(approval with { Case = null }, inboxUrl).ToJsonString() },
        });
        return result;
    }

    private static CallToolResult Completed(string tool, string? step, string? code, string? reason, JsonElement? result)
    {
        var envelope = new JsonObject { ["status"] = "completed", ["step"] = step };
        Add(envelope, "code", code);
        Add(envelope, "reason", reason);
        if (result is { } value)
        {
            envelope["result"] = JsonNode.Parse(value.GetRawText());
        }

        return Result(envelope, OutcomeText.Completed(tool, step, code, reason, result), isError: false);
    }

    private static CallToolResult NotDone(string status, string? code, string? reason, string? step)
    {
        var envelope = new JsonObject { ["status"] = status, ["code"] = code, ["reason"] = reason };
        Add(envelope, "step", step);
        return Result(envelope, OutcomeText.NotDone(status, code, reason, step), isError: true);
    }

    // Whoever proposed it goes on from what really ran.
    private static string? Both(string? reason, ApprovalView approval) => ModificationText.Of(approval) is { Length: > 0 } change ? $"{reason} {change}".Trim() : reason;

    private static JsonElement? Part(JsonElement? outcome, string name) =>
        outcome is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement? outcome, string name) => Part(outcome, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static void Add(JsonObject envelope, string name, string? value)
    {
        if (value is not null)
        {
            envelope[name] = value;
        }
    }

    private static CallToolResult Result(JsonObject envelope, string text, bool isError) => new()
    {
        StructuredContent = JsonSerializer.SerializeToElement(envelope),
        Content = [new TextContentBlock { Text = text }],
        IsError = isError,
    };
}
