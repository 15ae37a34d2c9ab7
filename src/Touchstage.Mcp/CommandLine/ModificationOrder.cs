using System.Text.Json;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What <c>approvals modify</c> was asked to do.</summary>
/// <param name="ApprovalId">To which approval.</param>
/// <param name="Pairs">What <c>--set</c> gave.</param>
/// <param name="Changes">What <c>--changes</c> gave, or null.</param>
/// <param name="Note">Why; the agent is told.</param>
/// <param name="Tag">What kind of lesson it is.</param>
/// <param name="Revision">The revision that is meant, by number or digest; null for the current one.</param>
/// <param name="Confirm">The digest of the preview that is confirmed, or null.</param>
/// <param name="IsPreview">Whether to show what would come of it and to change nothing.</param>
internal sealed record ModificationOrder(
    string ApprovalId, IReadOnlyList<string> Pairs, JsonElement? Changes, string Note, DecisionTag Tag, string? Revision, string? Confirm, bool IsPreview);
