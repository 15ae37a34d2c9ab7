using System.Collections.Immutable;
using Touchstage.Mcp.Inbox.Parts;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>One thing that happened to an approval.</summary>
/// <param name="At">When.</param>
/// <param name="Mark">Its icon.</param>
/// <param name="Tone">Its colour, as a state has one.</param>
/// <param name="Who">Whose doing it was: a principal's key, or null for the server's own.</param>
/// <param name="What">What happened.</param>
/// <param name="Text">The person's words; empty for none.</param>
/// <param name="Door">Through which door, or null.</param>
internal sealed record HistoryLine(DateTimeOffset At, string Mark, string Tone, string? Who, string What, string Text, string? Door)
{
    /// <summary>Votes, notes and escalations, oldest first.</summary>
    public static ImmutableArray<HistoryLine> Of(ApprovalView approval, ApprovalCaseView shown) =>
    [
        .. shown.Votes.Select(vote => Of(vote, approval.Revision))
            .Concat(shown.Notes.Select(Of))
            .Concat(shown.Escalations.Select(Of))
            .Prepend(new(approval.CreatedAt, "inbox", "rest", shown.Requester, "asked for it", "", null))
            .OrderBy(line => line.At),
    ];

    private static HistoryLine Of(VoteView vote, int current)
    {
        var (mark, tone, verb) = vote.Decision == VoteDecision.Approve ? ("check", "yes", "approved") : ("cross", "no", "rejected");
        var of = vote.Revision == current ? "" : $" revision {vote.Revision}, which is no longer current";
        var tag = TagWords.Of(vote.Tag) is { } words ? $" ({words})" : "";
        return new(vote.At, mark, tone, vote.Voter, $"{verb}{of}{tag}", vote.Reason, vote.Channel);
    }

    private static HistoryLine Of(NoteView note)
    {
        var (mark, what) = note.Kind switch
        {
            NoteKind.Comment => ("speech", "commented"),
            NoteKind.Claim => ("hand", "is on it"),
            NoteKind.Release => ("hand", "is no longer on it"),
            NoteKind.Reveal => ("eye", "had the masked values shown"),
            _ => ("speech", "noted"),
        };
        return new(note.At, mark, "rest", note.Author, what, note.Text, note.Channel);
    }

    private static HistoryLine Of(EscalationView escalation) => new(escalation.At, "up", "warn", null, $"Also {string.Join(" or ", escalation.Roles)} may decide", "", null);
}
