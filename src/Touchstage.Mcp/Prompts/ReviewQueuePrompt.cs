using System.Text;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>Lists what waits for this approver.</summary>
internal sealed class ReviewQueuePrompt(IApprovals approvals) : IApproverPrompt
{
    /// <inheritdoc/>
    public Prompt Description { get; } = new() { Name = "review_queue", Title = "What waits for me", Description = "Lists the approvals that wait for your decision.", Arguments = [] };

    /// <inheritdoc/>
    public async Task<string> RunAsync(Caller approver, PromptArguments arguments, CancellationToken cancellation)
    {
        var waiting = await approvals.ListAsync(approver, cancellation);
        if (waiting.Count == 0)
        {
            return "Nothing waits for your decision.";
        }

        var text = new StringBuilder($"{waiting.Count} waiting for your decision, newest first.\n");
        foreach (var approval in waiting)
        {
            text.Append($"\n{approval.Id}  expires {ApprovalDocument.Time(approval.ExpiresAt)}  {approval.Capability}  asked by {VisibleText.Line(approval.Case?.Requester ?? "?")}\n");
            text.Append($"    {VisibleText.Line(approval.Summary)}\n");
        }

        return text.Append("\nTo see one whole and get its decision code: the prompt review with its id.").ToString();
    }
}
