using System.Text.Json;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>Takes what a person answered to the form of <c>review</c>, or to that of a change, and records it bound to what was shown.</summary>
internal sealed class ReviewAnswers(IApprovals approvals, IModifications modifications, ShownStates states)
{
    /// <summary>The question's name by which the inbox is opened.</summary>
    public const string InboxKey = "inbox";

    private const string Nothing = "No decision was recorded.";

    /// <summary>Takes the answer to whatever was asked with this state.</summary>
    /// <exception cref="ModelContextProtocol.McpProtocolException">It is no answer to that, or the state has been used.</exception>
    public async Task<string> TakeAsync(PromptCall call, ShownState state, CancellationToken cancellation)
    {
        // Invariant: an answer counts only for the question that was asked. Who was only sent to the inbox was shown no form, so none is taken.
        var answer = call.Dialog.Answer(state.Question) ?? throw NoAnswer(state.Question);
        return state.Question switch
        {
            ReviewForm.Key => await DecideAsync(call, state, answer, cancellation),
            InboxKey => await OpenedAsync(call, state, answer, cancellation),
            ConfirmForm.Key when state.Change is { } change => await ConfirmAsync(call, state, change, answer, cancellation),
            _ => throw NoAnswer(state.Question),
        };
    }

    /// <summary>Shows what a change would come to, and asks for it to be confirmed.</summary>
    /// <returns>Why there is nothing to confirm.</returns>
    /// <exception cref="InputRequiredException">The question.</exception>
    public async Task<string> PreviewAsync(PromptCall call, string prompt, string shownRevision, Modification modification, CancellationToken cancellation)
    {
        if (!(await modifications.PreviewAsync(call.Approver, modification, withCode: false, cancellation)).TryGet(out var preview, out var refusal))
        {
            return DecisionText.Refused(refusal);
        }

        var change = new ShownChange(modification.Changes.GetRawText(), modification.Note, modification.Tag, preview.RevisionDigest);
        throw PromptDialog.Ask(
            ConfirmForm.Key, ConfirmForm.Message(preview), ConfirmForm.Fields(), states.Issue(call.Approver, prompt, ConfirmForm.Key, modification.ApprovalId, shownRevision, change));
    }

    private async Task<string> DecideAsync(PromptCall call, ShownState state, ElicitResult answer, CancellationToken cancellation)
    {
        // What cannot be understood uses nothing up. The fields are compared with what was in them, so only as long as that still stands.
        var stands = (await approvals.FindAsync(call.Approver, state.ApprovalId, cancellation)).TryGet(out var approval, out _) && approval.RevisionDigest == state.Revision;
        var given = answer.IsAccepted ? ReviewForm.Read(stands ? approval!.Case : null, answer) : null;
        if (!await states.SpendAsync(state, call.Approver, cancellation))
        {
            return await AgainAsync(call, state, cancellation);
        }

        return given switch
        {
            null => $"{Nothing} The form was closed without an answer.",
            { Choice: ReviewChoice.Approve, Changes.Count: > 0 } =>
                $"{Nothing} You chose approve and changed {string.Join(", ", given.Changes.Select(field => field.Key))}: approve executes it as shown, modify executes the change. Review it again.",
            { Choice: ReviewChoice.Modify } when !stands => $"{Nothing} What you saw has changed since. Review it again.",
            { Choice: ReviewChoice.Modify, Changes.Count: 0 } => $"{Nothing} You chose modify and changed no field.",
            { Choice: ReviewChoice.Modify } => await PreviewAsync(call, state.Prompt, state.Revision, Proposed(state, given), cancellation),
            _ => await VoteAsync(call, state, given, cancellation),
        };
    }

    private async Task<string> VoteAsync(PromptCall call, ShownState state, ReviewAnswer given, CancellationToken cancellation)
    {
        var vote = given.Choice == ReviewChoice.Approve ? VoteDecision.Approve : VoteDecision.Reject;
        var decision = new Decision(state.ApprovalId, vote, given.Note, DecisionChannel.Elicitation, state.Revision, null, given.Tag);
        return DecisionText.Of(vote, await approvals.DecideAsync(call.Approver, decision, cancellation));
    }

    private async Task<string> ConfirmAsync(PromptCall call, ShownState state, ShownChange change, ElicitResult answer, CancellationToken cancellation)
    {
        if (!await states.SpendAsync(state, call.Approver, cancellation))
        {
            return await AgainAsync(call, state, cancellation);
        }

        if (!ConfirmForm.IsConfirmed(answer))
        {
            return $"{Nothing} The change was not confirmed, and what was proposed goes on waiting.";
        }

        var modification = new Modification(state.ApprovalId, state.Revision, JsonElement.Parse(change.Changes), change.Note, change.Tag, DecisionChannel.Elicitation);
        return DecisionText.Modified(await modifications.ModifyAsync(call.Approver, modification, change.PreviewedRevision, null, cancellation));
    }

    private async Task<string> OpenedAsync(PromptCall call, ShownState state, ElicitResult opened, CancellationToken cancellation)
    {
        // Opening a page decides nothing, so it uses nothing up.
        var stands = (await approvals.FindAsync(call.Approver, state.ApprovalId, cancellation)).TryGet(out var approval, out _) ? $" {approval.Id} is {StateName.Of(approval.State)}." : "";
        return opened.IsAccepted ? $"The inbox was opened; the decision is made there, and this prompt recorded none.{stands}" : $"{Nothing} The inbox was not opened.{stands}";
    }

    // An answer that was already taken changes nothing more. If it decided, that is told; it may be that only its receipt was lost.
    private async Task<string> AgainAsync(PromptCall call, ShownState state, CancellationToken cancellation)
    {
        var isKnown = (await approvals.FindAsync(call.Approver, state.ApprovalId, cancellation)).TryGet(out var approval, out _);
        return (isKnown ? DecisionText.OwnVote(call.Approver, approval!) ?? DecisionText.OwnChange(call.Approver, approval!) : null)
            ?? throw ProtocolFaults.WrongArgument("This form has been answered already, and an answer counts once. Nothing was recorded now. Start the prompt again.");
    }

    private static Modification Proposed(ShownState state, ReviewAnswer given) =>
        new(state.ApprovalId, state.Revision, JsonSerializer.SerializeToElement(given.Changes), given.Note, given.Tag, DecisionChannel.Elicitation);

    private static ModelContextProtocol.McpProtocolException NoAnswer(string key) => ProtocolFaults.WrongArgument($"inputResponses.{key} is missing. Nothing was recorded.");
}
