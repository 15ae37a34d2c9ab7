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
        ActionStatus.Completed => Completed(tool, outcome),
        ActionStatus.PendingApproval when outcome.Approval is { } approval => Pending(approval),
        ActionStatus.Failed => NotDone("failed", outcome),
        ActionStatus.Unknown => NotDone("unknown", outcome),
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

    /// <summary>How an approval stands.</summary>
    public static CallToolResult Approval(ApprovalView approval)
    {
        var document = ApprovalDocument.Of(approval);
        return Result(document, document.ToJsonString(), isError: false);
    }

    private static CallToolResult Completed(string tool, ActionOutcome outcome)
    {
        var envelope = new JsonObject { ["status"] = "completed", ["step"] = outcome.StepId };
        Add(envelope, "code", outcome.Code);
        Add(envelope, "reason", outcome.Reason);
        if (outcome.Result is { } result)
        {
            envelope["result"] = JsonNode.Parse(result.GetRawText());
        }

        return Result(envelope, OutcomeText.Completed(tool, outcome), isError: false);
    }

    // Not an error: the call was taken in, and a person decides.
    private static CallToolResult Pending(ApprovalView approval)
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
        var result = Result(envelope, OutcomeText.Pending(approval), isError: false);
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
            Resource = new TextResourceContents { Uri = uri, MimeType = Json, Text = ApprovalDocument.Of(approval with { Case = null }).ToJsonString() },
        });
        return result;
    }

    private static CallToolResult NotDone(string status, ActionOutcome outcome)
    {
        var envelope = new JsonObject { ["status"] = status, ["code"] = outcome.Code, ["reason"] = outcome.Reason };
        Add(envelope, "step", outcome.StepId);
        return Result(envelope, OutcomeText.NotDone(status, outcome), isError: true);
    }

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
