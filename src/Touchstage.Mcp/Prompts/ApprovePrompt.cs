using ModelContextProtocol.Protocol;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>Says yes to exactly the revision that the decision code was shown with.</summary>
internal sealed class ApprovePrompt(IApprovals approvals, DecisionDoors doors) : IApproverPrompt
{
    /// <inheritdoc/>
    public Prompt Description { get; } = new()
    {
        Name = "approve",
        Title = "Approve",
        Description = "Says yes to what review has shown. The server then executes it once.",
        Arguments =
        [
            new() { Name = "id", Title = "Approval", Description = "The approval's id, apr_….", Required = true },
            new() { Name = "code", Title = "Decision code", Description = "The code from the last line of review.", Required = true },
            new() { Name = "note", Title = "Note", Description = "A note for the record.", Required = false },
            new() { Name = "tag", Title = "Lesson", Description = "What is to be learnt from it: policy_too_strict, wrong_action or needs_more_information.", Required = false },
        ],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(PromptCall call, CancellationToken cancellation)
    {
        var id = call.Arguments.Id;
        if (call.Arguments.Code is not { } code)
        {
            return $"No decision was recorded. Give the decision code: the prompt review with id {id} shows the case and the code.";
        }

        var decision = new Decision(id, VoteDecision.Approve, call.Arguments.Reason("note") ?? "", DecisionChannel.Prompt, null, code, call.Arguments.Tag);
        var result = await approvals.DecideAsync(call.Approver, decision, cancellation);
        var said = DecisionText.Of(VoteDecision.Approve, result);
        return result.Refusal?.Code.Value == "weak_door" && (await approvals.FindAsync(call.Approver, id, cancellation)).TryGet(out var approval, out _)
            ? $"{said}\n{doors.Elsewhere(approval)}"
            : said;
    }
}
