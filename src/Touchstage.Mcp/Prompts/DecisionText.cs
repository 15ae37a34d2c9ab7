using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>What became of a decision, in words.</summary>
internal static class DecisionText
{
    public static string Of(VoteDecision vote, Result<DecisionReceipt> result) =>
        result.TryGet(out var receipt, out var refusal) ? Recorded(vote, receipt) : Refused(refusal);

    /// <summary>What became of a change.</summary>
    public static string Modified(Result<DecisionReceipt> result) => result.TryGet(out var receipt, out var refusal)
        ? $"{(receipt.WasRecorded ? "Recorded: you changed" : "You had already changed")} {Stands(receipt.Approval)}"
        : Refused(refusal);

    public static string Refused(Refusal refusal) => $"No decision was recorded. {refusal.Reason} ({refusal.Code})";

    /// <summary>What this approver has already said to what stands now, or null.</summary>
    public static string? OwnVote(Caller approver, ApprovalView approval) =>
        approval.Case?.Votes.LastOrDefault(vote => vote.Voter == approver.Principal.Key && vote.Revision == approval.Revision) is { } own
            ? $"You had already said {(own.Decision == VoteDecision.Approve ? "yes" : "no")} to {Stands(approval)}"
            : null;

    /// <summary>That this approver made what stands now, or null.</summary>
    public static string? OwnChange(Caller approver, ApprovalView approval) =>
        approval.Modification is { } change && change.ModifiedBy == approver.Principal.Key ? $"You had already changed {Stands(approval)}" : null;

    private static string Recorded(VoteDecision vote, DecisionReceipt receipt)
    {
        var said = vote == VoteDecision.Approve ? "yes" : "no";
        return $"{(receipt.WasRecorded ? $"Recorded: you said {said} to" : $"You had already said {said} to")} {Stands(receipt.Approval)}";
    }

    private static string Stands(ApprovalView approval) =>
        $"{approval.Id}, {VisibleText.Line(approval.Summary)}\nIt is now {StateName.Of(approval.State)}. {Next(approval.State)}";

    private static string Next(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "Other people must say yes, too.",
        ApprovalState.Approved => "The server executes it once by itself.",
        _ => StateName.Next(state),
    };
}
