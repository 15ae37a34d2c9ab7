using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Finds what an approver is about to decide, as it stands now.</summary>
internal sealed class CaseLookUp(IApprovals approvals)
{
    /// <summary>The approval with its case; or why it is not this approver's to decide.</summary>
    public async Task<Result<ApprovalView>> FindAsync(Caller approver, string approvalId, CancellationToken cancellation)
    {
        if ((await approvals.FindAsync(approver, approvalId, cancellation)).TryGet(out var approval, out _) && approval.Case is not null)
        {
            return approval;
        }

        // A No that is bound to nothing is never recorded. Whoever decides says why it is not theirs, and to whom it says that there is none.
        var nothing = new Decision(approvalId, VoteDecision.Reject, "", DecisionChannel.Cli, "", null);
        return (await approvals.DecideAsync(approver, nothing, cancellation)).TryGet(out var receipt, out var refusal) ? receipt.Approval : refusal;
    }
}
