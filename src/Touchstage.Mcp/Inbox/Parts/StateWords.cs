using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>What an approver is told of an approval's state.</summary>
internal static class StateWords
{
    /// <summary>The state as a short label.</summary>
    public static string Label(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "Waiting",
        ApprovalState.Approved => "Approved",
        ApprovalState.Rejected => "Rejected",
        ApprovalState.Expired => "Expired",
        ApprovalState.Withdrawn => "Withdrawn",
        ApprovalState.Executing => "Running",
        ApprovalState.Succeeded => "Done",
        ApprovalState.Failed => "Failed",
        ApprovalState.Unknown => "Outcome unknown",
        _ => "Refused",
    };

    /// <summary>What it means, in a sentence or two.</summary>
    public static string Meaning(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "Nothing has been executed. It waits for a decision.",
        ApprovalState.Approved => "People said yes. The server executes it by itself, once.",
        ApprovalState.Rejected => "A person said no. Nothing was executed.",
        ApprovalState.Expired => "Its time ran out. Nothing was executed.",
        ApprovalState.Withdrawn => "It was taken back. Nothing was executed.",
        ApprovalState.Executing => "It is being executed right now.",
        ApprovalState.Succeeded => "It was executed, once.",
        ApprovalState.Failed => "It was tried, and the API surely did nothing.",
        ApprovalState.Unknown => "It may or may not have happened. Somebody should check in the product itself.",
        _ => "It was approved, but when it was to run the policy forbade it. Nothing was executed.",
    };

    /// <summary>The mark that goes with the label, so that colour is never alone.</summary>
    public static string Mark(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "clock",
        ApprovalState.Approved or ApprovalState.Succeeded => "check",
        ApprovalState.Executing => "play",
        ApprovalState.Unknown => "alert",
        _ => "cross",
    };

    /// <summary>How the state is coloured: <c>wait</c>, <c>yes</c>, <c>no</c>, <c>warn</c> or <c>rest</c>.</summary>
    public static string Tone(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "wait",
        ApprovalState.Approved or ApprovalState.Executing or ApprovalState.Succeeded => "yes",
        ApprovalState.Rejected or ApprovalState.Failed or ApprovalState.Refused => "no",
        ApprovalState.Unknown => "warn",
        _ => "rest",
    };

    /// <summary>What became of another action of the same kind.</summary>
    public static string Ended(string status) => status switch
    {
        "in_flight" => "is running",
        "completed" => "was executed",
        "failed" => "failed, nothing happened",
        "unknown" => "outcome unknown",
        "pending" => "waits for a decision",
        "approved" => "was approved",
        "rejected" => "was rejected",
        "expired" => "expired",
        "withdrawn" => "was withdrawn",
        "refused" => "was refused",
        _ => status,
    };
}
