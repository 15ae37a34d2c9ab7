using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Prompts;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A decision at the command line: bound to the revision that was named, or to the one that is shown now and confirmed by a person.</summary>
internal sealed class ApprovalsDecision(ApproverRun run)
{
    private readonly Terminal terminal = run.Terminal;

    public async Task<int> RunAsync(string approvalId, VoteDecision vote, string reason, DecisionTag tag, string? named, CancellationToken cancellation)
    {
        if (!(await new CaseLookUp(run.Approvals).FindAsync(run.Approver, approvalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (NamedRevision.DigestOf(approval, named) is not { } shown)
        {
            return terminal.Refuse(NamedRevision.Wrong(approval, named));
        }

        // What is not pending any more is not asked about: the refusal says who decided it, and how.
        if (named is null && approval is { State: ApprovalState.Pending, Case: { } open } && !await ConfirmAsync(approval, open, vote, cancellation))
        {
            return terminal.Refuse("No decision was recorded.");
        }

        var result = await run.Approvals.DecideAsync(run.Approver, new(approval.Id, vote, reason, DecisionChannel.Cli, shown, null, tag), cancellation);
        if (!result.TryGet(out var receipt, out refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (run.IsJson)
        {
            terminal.WriteJson(DecisionSheet.Json(receipt));
        }
        else
        {
            await terminal.Out.WriteLineAsync(DecisionText.Of(vote, result));
        }

        return ExitCode.Done;
    }

    private async Task<bool> ConfirmAsync(ApprovalView approval, ApprovalCaseView open, VoteDecision vote, CancellationToken cancellation)
    {
        await run.Screen.WriteAsync(CaseText.Of(approval));
        await run.Screen.WriteLineAsync();
        if (vote == VoteDecision.Approve && !DoorText.IsOpenToCommandLine(open))
        {
            await terminal.Error.WriteLineAsync($"A yes to this is taken through {DoorText.Of(open)}; a no here, too: touchstage approvals reject {approval.Id} --reason TEXT.");
            return false;
        }

        return await terminal.ConfirmAsync(vote == VoteDecision.Approve ? "Approve exactly this?" : "Reject it?", cancellation);
    }
}
