using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>How a vote is spelled: in the ledger, and to whoever comes too late.</summary>
internal static class VoteEntry
{
    private const int MaxReasonLength = 1_000;

    /// <summary>The vote's ledger entry.</summary>
    public static LedgerDraft Of(ApprovalRecord approval, ApprovalVote vote, Caller approver) => new(
        LedgerKind.ApprovalVoted,
        approval.Id,
        CanonicalJson.Of(new JsonObject
        {
            ["approval"] = approval.Id,
            ["revision"] = vote.Revision,
            ["digest"] = vote.RevisionDigest,
            ["voter"] = vote.Voter.Key,
            ["session"] = vote.SessionId,
            ["roles"] = new JsonArray([.. approver.Roles.Select(role => (JsonNode?)role)]),
            ["decision"] = vote.Decision is VoteDecision.Approve ? "approve" : "reject",
            ["reason"] = vote.Reason,
            ["tag"] = DecisionTags.NameOf(vote.Tag),
            ["channel"] = vote.Channel,
            ["statement"] = vote.Statement,
        }),
        null,
        Activity.Current?.TraceId.ToHexString());

    /// <summary>A person's words without control characters, cut to a bounded length.</summary>
    public static string Clean(string reason)
    {
        var text = string.Concat(reason.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(MaxReasonLength));
        return text.Trim();
    }

    /// <summary>The refusal for whoever decides what others, or time, have decided already: it says who and how.</summary>
    public static Refusal TooLate(ApprovalRecord approval, DateTimeOffset now)
    {
        var state = approval.StateAt(now);
        var last = approval.Votes.LastOrDefault(v => v.RevisionDigest == approval.Revision.Digest);
        var how = state switch
        {
            ApprovalState.Pending => "You have already decided the other way; a decision is not taken back",
            ApprovalState.Rejected => $"{last?.Voter.Subject ?? "Somebody"} rejected it before",
            ApprovalState.Expired => "It has expired",
            ApprovalState.Withdrawn => "It was withdrawn",
            _ => $"{last?.Voter.Subject ?? "Somebody"} approved it before",
        };
        return new(ApprovalRefusals.Decided, $"{how}. Your decision was not recorded; the approval stands as {state.ToString().ToLowerInvariant()}.");
    }
}
