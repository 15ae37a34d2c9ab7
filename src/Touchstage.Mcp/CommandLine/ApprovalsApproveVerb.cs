using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says yes to one revision of an approval, or to several approvals that say the same.</summary>
internal sealed class ApprovalsApproveVerb() : ApprovalsDecideVerb(
    "approvals approve",
    "Say yes to what is shown, or to the revision that is named. Several get one yes only if all say the same.",
    VoteDecision.Approve,
    Named.Words("--note", "A note for the record."));
