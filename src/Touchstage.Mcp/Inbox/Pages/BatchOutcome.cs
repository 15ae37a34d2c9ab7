using System.Collections.Immutable;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>What became of several decisions.</summary>
/// <param name="Vote">What was decided.</param>
/// <param name="Receipts">One for each case.</param>
internal sealed record BatchOutcome(VoteDecision Vote, ImmutableArray<BatchReceipt> Receipts)
{
    /// <summary>How many were recorded.</summary>
    public int Recorded => Receipts.Count(receipt => receipt.Receipt is not null);

    /// <summary>The outcome in one line.</summary>
    public string Title => $"{(Vote == VoteDecision.Approve ? "Approved" : "Rejected")} {Recorded} of {Receipts.Length}";
}
