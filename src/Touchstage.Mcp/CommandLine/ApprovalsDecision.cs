using System.Globalization;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Prompts;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A decision at the command line: bound to the revision that was named, or to the one that is shown now and confirmed by a person.</summary>
internal sealed class ApprovalsDecision(IApprovals approvals, Terminal terminal)
{
    public async Task<int> RunAsync(Caller approver, string approvalId, VoteDecision vote, string reason, string? revision, CancellationToken cancellation)
    {
        if (!(await approvals.FindAsync(approver, ApprovalUri.IdFrom(approvalId), cancellation)).TryGet(out var approval, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        var shown = approval.RevisionDigest;
        if (revision is not null)
        {
            // A digest that is not the pending one is for the safety library to refuse: it knows what became of it.
            if (!int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                shown = revision;
            }
            else if (number != approval.Revision)
            {
                return terminal.Refuse($"Approval {approval.Id} is at revision {approval.Revision}, not {number}. Look at it again: touchstage approvals show {approval.Id}.");
            }
        }
        else if (!await ConfirmAsync(approval, vote, cancellation))
        {
            return terminal.Refuse("No decision was recorded.");
        }

        var decision = new Decision(approval.Id, vote, reason, DecisionChannel.Cli, shown, null);
        var result = await approvals.DecideAsync(approver, decision, cancellation);
        if (!result.TryGet(out _, out var no))
        {
            return terminal.Refuse(no);
        }

        await terminal.Out.WriteLineAsync(DecisionText.Of(vote, result));
        return ExitCode.Done;
    }

    private async Task<bool> ConfirmAsync(ApprovalView approval, VoteDecision vote, CancellationToken cancellation)
    {
        if (approval.State != ApprovalState.Pending)
        {
            await terminal.Error.WriteLineAsync(StateName.Next(approval.State));
            return false;
        }

        await terminal.Out.WriteAsync(CaseText.Of(approval));
        await terminal.Out.WriteLineAsync();
        return await terminal.ConfirmAsync(vote == VoteDecision.Approve ? "Approve exactly this?" : "Reject it?", cancellation);
    }
}
