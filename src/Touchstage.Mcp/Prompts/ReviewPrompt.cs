using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>
/// Shows one case whole, and takes the decision in the strongest way that the client has: in a form, in the inbox, or by the decision code that it issues for what it
/// showed.
/// </summary>
internal sealed class ReviewPrompt(IApprovals approvals, DecisionDoors doors, ShownStates states, ReviewAnswers answers) : IApproverPrompt
{
    private const string Name = "review";

    /// <inheritdoc/>
    public Prompt Description { get; } = new()
    {
        Name = Name,
        Title = "Review a case",
        Description = "Shows one approval whole. A client that shows forms takes the decision there and then; otherwise there is a decision code for exactly what is shown.",
        Arguments = [new() { Name = "id", Title = "Approval", Description = "The approval's id, apr_….", Required = true }],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(PromptCall call, CancellationToken cancellation)
    {
        var id = call.Arguments.Id;
        if (call.Dialog.IsAnswer)
        {
            return await answers.TakeAsync(call, states.Open(call.Dialog.State, call.Approver, Name, id), cancellation);
        }

        return (await approvals.FindAsync(call.Approver, id, cancellation)).TryGet(out var approval, out _) && approval is { State: ApprovalState.Pending, Case: not null }
            ? await OpenAsync(call, approval, cancellation)
            : await ShowAsync(call, id, cancellation);
    }

    private async Task<string> OpenAsync(PromptCall call, ApprovalView approval, CancellationToken cancellation)
    {
        if (DecisionText.OwnVote(call.Approver, approval) is { } said)
        {
            return $"{CaseText.Of(approval)}\n{said}";
        }

        return doors.Of(approval, call.Dialog) switch
        {
            DecisionDoor.Form => throw PromptDialog.Ask(ReviewForm.Key, ReviewForm.Message(approval), ReviewForm.Fields(approval), State(ReviewForm.Key)),
            DecisionDoor.Inbox => throw call.Dialog.AskToOpen(
                ReviewAnswers.InboxKey, $"Open {approval.Id} in the inbox. Opening it decides nothing.", doors.PageOf(approval)!, approval.Id, State(ReviewAnswers.InboxKey)),
            DecisionDoor.Code => await ShowAsync(call, approval.Id, cancellation),
            _ => $"{CaseText.Of(approval)}\n{doors.Elsewhere(approval)}",
        };

        string State(string question) => states.Issue(call.Approver, Name, question, approval.Id, approval.RevisionDigest);
    }

    private async Task<string> ShowAsync(PromptCall call, string id, CancellationToken cancellation)
    {
        if (!(await approvals.ReviewAsync(call.Approver, id, cancellation)).TryGet(out var review, out var refusal))
        {
            return $"There is nothing to show. {refusal.Reason} ({refusal.Code})";
        }

        var shown = CaseText.Of(review.Approval);
        return review.DecisionCode is { } code && review.CodeExpiresAt is { } until
            ? $"{shown}\n{HowToDecide(review.Approval, code, until)}"
            : $"{shown}\n{DecisionText.OwnVote(call.Approver, review.Approval) ?? $"{StateName.Next(review.Approval.State)} There is nothing left to decide."}";
    }

    // Invariant: the code is the last line of all, after everything that a model could have written.
    private static string HowToDecide(ApprovalView approval, string code, DateTimeOffset until) =>
        $"How to decide\n"
        + $"    yes:    the prompt approve with id {approval.Id} and the code below\n"
        + $"    no:     the prompt reject with id {approval.Id} and a reason, which the agent is told\n"
        + $"    change: the prompt modify with id {approval.Id} and changes; it shows what would come of them, with a code of its own\n"
        + "Only the code in the last line counts. It is for you, for this revision, and good until "
        + $"{ApprovalDocument.Time(until)}.\n\nDecision code: {code}";
}
