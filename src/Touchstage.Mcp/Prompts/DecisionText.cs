using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Prompts;

/// <summary>What became of a decision, in words.</summary>
internal static class DecisionText
{
    public static string Of(VoteDecision vote, Result<DecisionReceipt> result) =>
        result.TryGet(out var receipt, out var refusal) ? Recorded(vote, receipt) : Refused(refusal);

    public static string Refused(Refusal refusal) => $"No decision was recorded. {refusal.Reason} ({refusal.Code})";

    private static string Recorded(VoteDecision vote, DecisionReceipt receipt)
    {
        var said = vote == VoteDecision.Approve ? "yes" : "no";
        var first = receipt.WasRecorded ? $"Recorded: you said {said} to" : $"You had already said {said} to";
        return $"{first} {receipt.Approval.Id}, {VisibleText.Line(receipt.Approval.Summary)}\nIt is now {StateName.Of(receipt.Approval.State)}. {Next(receipt.Approval.State)}";
    }

    private static string Next(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "Other people must say yes, too.",
        ApprovalState.Approved => "The server executes it once by itself.",
        _ => StateName.Next(state),
    };
}
