using ModelContextProtocol.Protocol;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>Says yes to exactly the revision that the decision code was shown with.</summary>
internal sealed class ApprovePrompt(IApprovals approvals) : IApproverPrompt
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
        ],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(Caller approver, PromptArguments arguments, CancellationToken cancellation)
    {
        var id = arguments.Id;
        if (arguments.Code is not { } code)
        {
            return $"No decision was recorded. Give the decision code: the prompt review with id {id} shows the case and the code.";
        }

        var decision = new Decision(id, VoteDecision.Approve, arguments.Reason("note") ?? "", DecisionChannel.Prompt, null, code);
        return DecisionText.Of(VoteDecision.Approve, await approvals.DecideAsync(approver, decision, cancellation));
    }
}
