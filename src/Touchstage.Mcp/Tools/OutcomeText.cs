using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Tools;

/// <summary>The envelope's facts in words, and what happens next.</summary>
internal static class OutcomeText
{
    public static string Completed(string tool, string? step, string? code, string? reason, JsonElement? result) =>
        $"Done: {tool} was executed, step {step}.{(reason is null ? "" : $" {reason}")}{(code is null ? "" : $" ({code})")}"
        + (result is { } value ? $"\nResult: {value.GetRawText()}" : "\nThere is no result to show. Do not repeat the call for that.");

    public static string Pending(ApprovalView approval, string? inboxUrl) =>
        $"Not executed yet: a person decides first. Approval {approval.Id}: {VisibleText.Line(approval.Summary)}\n"
        + $"Why it waits: {approval.Reason}\n"
        + $"It expires at {ApprovalDocument.Time(approval.ExpiresAt)}. If it is approved, the server executes it once by itself: do not call the tool again for it. Tell the user that it waits. "
        + (inboxUrl is null ? "" : $"Whoever may decide it finds it at {inboxUrl}. ")
        + $"To learn what became of it, read {ApprovalUri.Of(approval.Id)} or call {CheckApprovalTool.Name} with approval_id {approval.Id}; with wait_seconds it waits for news. "
        + $"If the user no longer wants it, take it back with {WithdrawApprovalTool.Name}.";

    public static string Refused(string code, string reason, ImmutableArray<Problem> problems)
    {
        // The reason spells the problems out after its first line; here each one stands with its rule.
        var text = new StringBuilder($"Refused ({code}), nothing was executed: {(problems.IsDefaultOrEmpty ? reason : reason.Split('\n')[0])}");
        if (!problems.IsDefaultOrEmpty)
        {
            foreach (var problem in problems)
            {
                text.Append($"\n- {(problem.Path.Length == 0 ? "(the whole)" : problem.Path)} ({problem.Rule}): {problem.Message}");
            }
        }

        return text.ToString();
    }

    /// <summary>Of a tool that only looks, or takes back: whether the call that it is about was executed is not said here.</summary>
    public static string NothingChanged(string code, string reason) => $"Refused ({code}), and this changed nothing: {reason}";

    public static string NotDone(string status, string? code, string? reason, string? stepId)
    {
        var step = stepId is null ? "" : $" Step {stepId}.";
        return status == "failed"
            ? $"Failed ({code}): {reason}{(IsHindsight(code) ? "" : " The product surely did nothing.")}{step}"
            : $"Unknown ({code}): {reason} It may or may not have happened: do not repeat the call, and tell the user to have it checked.{step}";
    }

    // What was found out afterwards is told as what it is, by its reason.
    private static bool IsHindsight(string? code) => code is "settled_by_evidence" or "settled_by_person";
}
