using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says no to one revision of an approval.</summary>
internal sealed class ApprovalsRejectVerb() : ApprovalsDecideVerb(
    "approvals reject",
    "Say no. The agent is told the reason.",
    VoteDecision.Reject,
    new("--reason") { Description = "Why not; the agent reads it.", HelpName = "TEXT", Required = true });
