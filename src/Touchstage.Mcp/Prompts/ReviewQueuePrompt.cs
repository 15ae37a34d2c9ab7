using System.Text;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>Lists what waits for this approver.</summary>
internal sealed class ReviewQueuePrompt(IApprovals approvals) : IApproverPrompt
{
    private const int Shown = 50;

    /// <inheritdoc/>
    public Prompt Description { get; } = new()
    {
        Name = "review_queue",
        Title = "What waits for me",
        Description = "Lists the approvals that wait for your decision, next to expire first.",
        Arguments = [],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(PromptCall call, CancellationToken cancellation)
    {
        var queue = await approvals.QueueAsync(call.Approver, new(null, null, false, null, Shown), cancellation);
        if (queue.Items.Length == 0)
        {
            return "Nothing waits for your decision.";
        }

        var text = new StringBuilder($"{queue.Items.Length}{(queue.Next is null ? "" : " of more")} waiting for your decision, next to expire first.\n");
        foreach (var item in queue.Items)
        {
            text.Append($"\n{item.Id}  expires {ApprovalDocument.Time(item.ExpiresAt)}  {item.Capability}  asked by {VisibleText.Line(item.Requester)}{Progress(item)}\n");
            text.Append($"    {VisibleText.Line(item.Summary)}\n");
        }

        return text.Append("\nTo see one whole and decide it: the prompt review with its id.").ToString();
    }

    private static string Progress(QueueItem item) =>
        (item.Quorum > 1 ? $"  {item.Approvals} of {item.Quorum} said yes" : "") + (item.ClaimedBy is { } other ? $"  {VisibleText.Line(other)} is on it" : "");
}
