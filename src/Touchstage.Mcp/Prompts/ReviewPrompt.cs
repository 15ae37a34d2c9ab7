using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>Shows one case whole and issues the decision code for what it showed. It has no other effect.</summary>
internal sealed class ReviewPrompt(IApprovals approvals) : IApproverPrompt
{
    /// <inheritdoc/>
    public Prompt Description { get; } = new()
    {
        Name = "review",
        Title = "Review a case",
        Description = "Shows one approval whole, with the decision code for exactly what is shown.",
        Arguments = [new() { Name = "id", Title = "Approval", Description = "The approval's id, apr_….", Required = true }],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(Caller approver, PromptArguments arguments, CancellationToken cancellation)
    {
        if (!(await approvals.ReviewAsync(approver, arguments.Id, cancellation)).TryGet(out var review, out var refusal))
        {
            return $"There is nothing to show. {refusal.Reason} ({refusal.Code})";
        }

        var shown = CaseText.Of(review.Approval);
        return review.DecisionCode is { } code && review.CodeExpiresAt is { } until
            ? $"{shown}\n{HowToDecide(review.Approval, code, until)}"
            : $"{shown}\n{StateName.Next(review.Approval.State)} There is nothing left to decide.";
    }

    // Invariant: the code is the last line of all, after everything that a model could have written.
    private static string HowToDecide(ApprovalView approval, string code, DateTimeOffset until) =>
        $"How to decide\n"
        + $"    yes: the prompt approve with id {approval.Id} and the code below\n"
        + $"    no:  the prompt reject with id {approval.Id} and a reason, which the agent is told\n"
        + "Only the code in the last line counts. It is for you, for this revision, and good until "
        + $"{ApprovalDocument.Time(until)}.\n\nDecision code: {code}";
}
