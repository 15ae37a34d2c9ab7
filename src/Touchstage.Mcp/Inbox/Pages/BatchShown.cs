using System.Collections.Immutable;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>Several cases that a person wants to decide together.</summary>
/// <param name="Cases">Those that still wait.</param>
/// <param name="Gone">How many of the chosen no longer wait.</param>
/// <param name="Reason">The reason, as typed.</param>
/// <param name="Tag">The name of the chosen tag, or null.</param>
internal sealed record BatchShown(ImmutableArray<ApprovalView> Cases, int Gone, string Reason, string? Tag)
{
    /// <summary>Whether all are one capability with one summary, so that one look is a look at all of them.</summary>
    public bool AreAlike => Cases.Select(approval => (approval.Capability, approval.Summary)).Distinct().Count() == 1;

    /// <summary>Where they are shown, before anything is decided.</summary>
    public string Address => "/inbox/batch?" + string.Join('&', Cases.Select(approval => "id=" + Uri.EscapeDataString(approval.Id)));

    /// <summary>How many, in words.</summary>
    public string Count => Cases.Length == 1 ? "1 case" : $"{Cases.Length} cases";
}
