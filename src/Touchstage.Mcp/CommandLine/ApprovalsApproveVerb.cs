using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says yes to one revision of an approval.</summary>
internal sealed class ApprovalsApproveVerb() : ApprovalsDecideVerb(
    "approvals approve",
    "Say yes to what is shown, or to the revision that is named.",
    VoteDecision.Approve,
    new("--note") { Description = "A note for the record.", HelpName = "TEXT" });
