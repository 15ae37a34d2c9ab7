using System.Collections.Immutable;
using System.Text;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Tools;

/// <summary>The envelope's facts in words, and what happens next.</summary>
internal static class OutcomeText
{
    public static string Completed(string tool, ActionOutcome outcome) =>
        $"Done: {tool} was executed, step {outcome.StepId}.{(outcome.Reason is { } reason ? $" {reason} ({outcome.Code})" : "")}"
        + (outcome.Result is { } result ? $"\nResult: {result.GetRawText()}" : "\nThere is no result to show. Do not repeat the call for that.");

    public static string Pending(ApprovalView approval) =>
        $"Not executed yet: a person decides first. Approval {approval.Id}: {VisibleText.Line(approval.Summary)}\n"
        + $"Why it waits: {approval.Reason}\n"
        + $"It expires at {ApprovalDocument.Time(approval.ExpiresAt)}. If it is approved, the server executes it once by itself: do not call the tool again for it. Tell the user that it waits. "
        + $"To learn what became of it, read {ApprovalUri.Of(approval.Id)} or call {CheckApprovalTool.Name} with approval_id {approval.Id}.";

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

    public static string NotDone(string status, ActionOutcome outcome)
    {
        var step = outcome.StepId is null ? "" : $" Step {outcome.StepId}.";
        return status == "failed"
            ? $"Failed ({outcome.Code}): {outcome.Reason}{(IsHindsight(outcome) ? "" : " The product surely did nothing.")}{step}"
            : $"Unknown ({outcome.Code}): {outcome.Reason} It may or may not have happened: do not repeat the call, and tell the user to have it checked.{step}";
    }

    // What was found out afterwards is told as what it is, by its reason.
    private static bool IsHindsight(ActionOutcome outcome) => outcome.Code is "settled_by_evidence" or "settled_by_person";
}
