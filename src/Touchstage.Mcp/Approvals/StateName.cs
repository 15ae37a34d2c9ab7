using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>What the outside calls the states of an approval, and what each means for whoever waits.</summary>
internal static class StateName
{
    public static string Of(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "pending",
        ApprovalState.Approved => "approved",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Expired => "expired",
        ApprovalState.Withdrawn => "withdrawn",
        ApprovalState.Executing => "executing",
        ApprovalState.Succeeded => "succeeded",
        ApprovalState.Failed => "failed",
        ApprovalState.Unknown => "unknown",
        _ => "refused",
    };

    public static string Of(VoteDecision decision) => decision == VoteDecision.Approve ? "approve" : "reject";

    public static string Of(NoteKind kind) => kind switch
    {
        NoteKind.Comment => "comment",
        NoteKind.Claim => "claim",
        NoteKind.Release => "release",
        NoteKind.Reveal => "reveal",
        _ => "note",
    };

    /// <summary>Whether nothing can come after it. What is unknown may still become known.</summary>
    public static bool IsFinal(ApprovalState state) =>
        state is not (ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Executing or ApprovalState.Unknown);

    public static string Next(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "Nothing has been executed. A person decides; do not propose the action again.",
        ApprovalState.Approved => "A person approved it. The server executes it by itself; do not propose the action again.",
        ApprovalState.Executing => "It is being executed now; do not propose the action again.",
        ApprovalState.Succeeded => "It was executed once. The outcome is what ran; do not propose the action again.",
        ApprovalState.Failed => "It was approved and tried, and nothing was done. The outcome says why.",
        ApprovalState.Unknown => "It may or may not have happened. Do not repeat it; the server or a person finds out, and the outcome then says so. Tell the user.",
        ApprovalState.Rejected => "A person said no. Nothing was executed, and the identical action stays refused for 24 hours.",
        ApprovalState.Expired => "Its time ran out. Nothing was executed. Ask the user before you propose it again.",
        ApprovalState.Withdrawn => "It was taken back. Nothing was executed.",
        _ => "It was approved, but the policy forbids it now. Nothing was executed.",
    };
}
