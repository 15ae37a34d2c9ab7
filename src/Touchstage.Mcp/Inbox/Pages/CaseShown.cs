using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>A case before an approver.</summary>
/// <param name="Approval">The approval.</param>
/// <param name="Case">What only approvers see of it.</param>
/// <param name="Viewer">Who looks.</param>
/// <param name="Revealed">Its sensitive values, once, or null.</param>
/// <param name="Draft">What the viewer had typed.</param>
/// <param name="Next">The id of what expires next in the viewer's queue, or null.</param>
internal sealed record CaseShown(ApprovalView Approval, ApprovalCaseView Case, Caller Viewer, RevealedArguments? Revealed, CaseDraft Draft, string? Next)
{
    /// <summary>The arguments, masked or as they were revealed.</summary>
    public JsonElement Arguments => Revealed?.Arguments ?? Case.Arguments;

    /// <summary>What would be sent, masked or as it was revealed.</summary>
    public JsonElement Request => Revealed?.Request ?? Case.Request;

    /// <summary>Whether it waits.</summary>
    public bool IsPending => Approval.State == ApprovalState.Pending;

    /// <summary>How many have approved what is shown.</summary>
    public int Approvals => Case.Votes.Count(vote => vote.Revision == Approval.Revision && vote.Decision == VoteDecision.Approve);

    /// <summary>What the viewer said to what is shown, or null.</summary>
    public VoteView? OwnVote => Case.Votes.LastOrDefault(vote => vote.Revision == Approval.Revision && vote.Voter == Viewer.Principal.Key);

    /// <summary>Whether the viewer changed the action, so that others must say yes to it.</summary>
    public bool IsOwnChange => Approval.Modification?.ModifiedBy == Viewer.Principal.Key && Case.Quorum > 1;

    /// <summary>Whether there is anything that a person may change.</summary>
    public bool CanModify => Case.Form.ValueKind == JsonValueKind.Object && Case.Form.TryGetProperty("properties", out var fields) && fields.EnumerateObject().Any();

    /// <summary>Whether the viewer is on it.</summary>
    public bool IsClaimedByViewer => Case.ClaimedBy == Viewer.Principal.Key;

    /// <summary>What may decide it now and, from when on, who else.</summary>
    public ImmutableArray<EscalationView> Escalations => Case.Escalations;

    /// <summary>Everything that people and time did to it, in order.</summary>
    public ImmutableArray<HistoryLine> History => HistoryLine.Of(Approval, Case);
}
