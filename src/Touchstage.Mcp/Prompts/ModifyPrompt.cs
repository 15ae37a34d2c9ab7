using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>Changes what was proposed, within what the capability lets people change: first it shows what would come of it, then it takes the confirmation of exactly that.</summary>
internal sealed class ModifyPrompt(IApprovals approvals, IModifications modifications, DecisionDoors doors, ShownStates states, ReviewAnswers answers) : IApproverPrompt
{
    private const string Name = "modify";

    /// <inheritdoc/>
    public Prompt Description { get; } = new()
    {
        Name = Name,
        Title = "Modify",
        Description = "Changes what was proposed. It shows what would come of it first; a form, or a code of its own, confirms exactly that.",
        Arguments =
        [
            new() { Name = "id", Title = "Approval", Description = "The approval's id, apr_….", Required = true },
            new() { Name = "changes", Title = "Changes", Description = "The arguments to change and their new values, as a JSON object (a merge patch).", Required = true },
            new() { Name = "note", Title = "Note", Description = "Why; the agent reads it.", Required = false },
            new() { Name = "tag", Title = "Lesson", Description = "What is to be learnt from it: policy_too_strict, wrong_action or needs_more_information.", Required = false },
            new() { Name = "code", Title = "Decision code", Description = "The code from the last line of this prompt's preview, with the same changes.", Required = false },
        ],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(PromptCall call, CancellationToken cancellation)
    {
        var (id, code) = (call.Arguments.Id, call.Arguments.Code);
        if (call.Dialog.IsAnswer)
        {
            return await answers.TakeAsync(call, states.Open(call.Dialog.State, call.Approver, Name, id), cancellation);
        }

        var changes = call.Arguments.Changes ?? throw ProtocolFaults.WrongArgument("Give changes: a JSON object of the arguments to change and their new values, such as {\"amount\": 20}.");
        var modification = new Modification(id, null, changes, call.Arguments.Reason("note") ?? "", call.Arguments.Tag, DecisionChannel.Prompt);
        return code is null
            ? await PreviewAsync(call, modification, cancellation)
            : DecisionText.Modified(await modifications.ModifyAsync(call.Approver, modification, null, code, cancellation));
    }

    private async Task<string> PreviewAsync(PromptCall call, Modification modification, CancellationToken cancellation)
    {
        if (!(await approvals.FindAsync(call.Approver, modification.ApprovalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return DecisionText.Refused(refusal);
        }

        // The preview is of a change of what stands now, so the confirmation is bound to both.
        var bound = modification with { ShownRevision = approval.RevisionDigest };
        return doors.Of(approval, call.Dialog) switch
        {
            DecisionDoor.Form => await answers.PreviewAsync(call, Name, approval.RevisionDigest, bound with { Channel = DecisionChannel.Elicitation }, cancellation),
            DecisionDoor.Code => await WithCodeAsync(call, bound, cancellation),
            _ when approval is { Case: not null, State: ApprovalState.Pending } => doors.Elsewhere(approval),
            _ => await WithCodeAsync(call, bound, cancellation),
        };
    }

    private async Task<string> WithCodeAsync(PromptCall call, Modification modification, CancellationToken cancellation)
    {
        if (!(await modifications.PreviewAsync(call.Approver, modification, withCode: true, cancellation)).TryGet(out var preview, out var refusal))
        {
            return DecisionText.Refused(refusal);
        }

        // Invariant: the code is the last line of all, after everything that a model could have written.
        return preview.DecisionCode is { } code && preview.CodeExpiresAt is { } until
            ? $"{PreviewText.Of(preview)}\nTo confirm it\n    the prompt modify with id {preview.ApprovalId}, the same changes and the code below: {PreviewText.Effect(preview)}\n"
                + $"Only the code in the last line counts. It is for you, for this change, and good until {ApprovalDocument.Time(until)}.\n\nDecision code: {code}"
            : $"{PreviewText.Of(preview)}\nThere is no code for it; review the approval again.";
    }
}
