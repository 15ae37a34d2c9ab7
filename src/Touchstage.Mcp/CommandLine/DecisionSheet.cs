using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What decisions came to, as JSON and as lines.</summary>
internal static class DecisionSheet
{
    public static JsonObject Json(DecisionReceipt receipt) => new()
    {
        ["id"] = receipt.Approval.Id,
        ["recorded"] = receipt.WasRecorded,
        ["status"] = StateName.Of(receipt.Approval.State),
        ["revision"] = receipt.Approval.Revision,
        ["summary"] = receipt.Approval.Summary,
    };

    public static JsonObject Json(BatchReceipt one) => one switch
    {
        { Receipt: { } receipt } => Json(receipt),
        { Refusal: { } refusal } => new() { ["id"] = one.ApprovalId, ["recorded"] = false, ["code"] = refusal.Code.Value, ["reason"] = refusal.Reason },
        _ => new() { ["id"] = one.ApprovalId, ["recorded"] = false },
    };

    public static string Line(VoteDecision vote, BatchReceipt one) => one switch
    {
        { Receipt: { } receipt } => $"{one.ApprovalId}: {(receipt.WasRecorded ? "recorded" : "you had said so before")}, {Word(vote)}. It is now {StateName.Of(receipt.Approval.State)}.",
        { Refusal: { } refusal } => Line(one.ApprovalId, refusal),
        _ => $"{one.ApprovalId}: not recorded.",
    };

    public static string Line(string approvalId, Refusal refusal) => VisibleText.Line($"{approvalId}: not recorded. {refusal.Reason} ({refusal.Code})");

    private static string Word(VoteDecision vote) => vote == VoteDecision.Approve ? "yes" : "no";
}
