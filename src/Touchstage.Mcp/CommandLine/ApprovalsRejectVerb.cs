using System.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says no to one revision of an approval, or to several approvals.</summary>
internal sealed class ApprovalsRejectVerb() : ApprovalsDecideVerb(
    "approvals reject",
    "Say no, to one or several. The agent is told the reason.",
    VoteDecision.Reject,
    Reason())
{
    private static Option<string?> Reason()
    {
        var reason = Named.Words("--reason", "Why not; the agent reads it.");
        reason.Required = true;
        return reason;
    }
}
