using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Prompts;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A modification at the command line: bound to the preview that was named by its digest, or to the one that is shown now and confirmed by a person.</summary>
internal sealed class ApprovalsModification(ApproverRun run)
{
    private readonly IModifications modifications = run.Services.GetRequiredService<IModifications>();
    private readonly Terminal terminal = run.Terminal;

    public async Task<int> RunAsync(ModificationOrder order, CancellationToken cancellation)
    {
        if (!(await new CaseLookUp(run.Approvals).FindAsync(run.Approver, order.ApprovalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (NamedRevision.DigestOf(approval, order.Revision) is not { } shown)
        {
            return terminal.Refuse(NamedRevision.Wrong(approval, order.Revision));
        }

        var changes = order.Changes ?? ChangesSource.From(order.Pairs, approval.Case?.Form ?? default);
        var modification = new Modification(approval.Id, shown, changes, order.Note, order.Tag, DecisionChannel.Cli);

        // A preview's digest binds the revision that it changes, so a confirmation need not name that again.
        return order.Confirm is { } confirmed
            ? Tell(await modifications.ModifyAsync(run.Approver, modification with { ShownRevision = order.Revision is null ? null : shown }, confirmed, null, cancellation))
            : await PreviewAsync(approval, modification, order.IsPreview, cancellation);
    }

    private async Task<int> PreviewAsync(ApprovalView approval, Modification modification, bool isAll, CancellationToken cancellation)
    {
        if (!(await modifications.PreviewAsync(run.Approver, modification, withCode: false, cancellation)).TryGet(out var preview, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (isAll)
        {
            return await ShowAsync(preview, approval);
        }

        await run.Screen.WriteAsync(PreviewSheet.Text(preview));
        if (approval.Case is not { } shown || !DoorText.IsOpenToCommandLine(shown))
        {
            return terminal.Refuse($"Nothing was changed: a change of this is taken through {(approval.Case is { } known ? DoorText.Of(known) : "no door of yours")}.");
        }

        return await terminal.ConfirmAsync("Change it to exactly this?", cancellation)
            ? Tell(await modifications.ModifyAsync(run.Approver, modification, preview.RevisionDigest, null, cancellation))
            : terminal.Refuse("Nothing was changed.");
    }

    private async Task<int> ShowAsync(ModificationPreview preview, ApprovalView approval)
    {
        if (run.IsJson)
        {
            terminal.WriteJson(PreviewSheet.Json(preview));
        }
        else
        {
            await terminal.Out.WriteAsync(PreviewSheet.Text(preview, approval.Case));
        }

        return ExitCode.Done;
    }

    private int Tell(Result<DecisionReceipt> result)
    {
        if (!result.TryGet(out var receipt, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (run.IsJson)
        {
            terminal.WriteJson(DecisionSheet.Json(receipt));
        }
        else
        {
            terminal.Out.WriteLine(DecisionText.Modified(result));
        }

        return ExitCode.Done;
    }
}
