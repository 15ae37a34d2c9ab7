using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>
/// A whole case as text for a person. Everything that a model could have written stands indented or behind a bar, with nothing invisible in it, and
/// before the lines by which the reader decides.
/// </summary>
internal static class CaseText
{
    private const string Indent = "    ";
    private const string Bar = "| ";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ApprovalView approval)
    {
        var text = new StringBuilder();
        Line(text, $"Approval {approval.Id}, revision {approval.Revision}: {StateName.Of(approval.State)}");
        Section(text, "What would be done", [approval.Summary, $"capability {approval.Capability}", .. Through(approval)]);
        if (approval.Case is { } shown)
        {
            Section(text, "Who asked", [shown.Requester, $"with the client {shown.Client}"]);
            Section(text, "When", [$"asked {ApprovalDocument.Time(approval.CreatedAt)}, expires {ApprovalDocument.Time(approval.ExpiresAt)}"]);
            Section(text, "Arguments", Json(shown.Arguments));
            Changed(text, approval.Modification);
            Section(text, "What would be sent", RequestText.Of(shown.Request));
            Section(text, "Why it was held", [approval.Reason, .. shown.Reasons.Select(reason => $"reason: {reason}"), .. FindingText.Of(shown.Findings)]);
            Section(text, "Recent actions of the same capability", shown.Recent.Length == 0 ? ["none"] : shown.Recent.Select(Recent));
            Section(text, $"Votes (needs {shown.Quorum}, from {string.Join(" or ", shown.ApproverRoles)})", shown.Votes.Length == 0 ? ["none yet"] : shown.Votes.Select(Vote));
            Section(text, "What people noted", shown.Notes.Length == 0 ? ["nothing yet"] : shown.Notes.Select(Note));
            Section(text, "How it may be decided", TermsText.Of(shown));
            Unverified(text, shown);
        }

        return text.ToString();
    }

    /// <summary>A JSON value in readable lines.</summary>
    public static IEnumerable<string> Json(JsonElement value) => JsonSerializer.Serialize(value, Readable).Split('\n');

    private static IEnumerable<string> Through(ApprovalView approval) => approval.Case is { } shown ? [$"through the connection {shown.Connection}"] : [];

    private static string Recent(RecentActionView recent) =>
        $"{ApprovalDocument.Time(recent.At)} {recent.Status} {recent.StepId}: {recent.Summary}{(recent.IsIdentical ? " (THE VERY SAME ACTION)" : "")}";

    private static string Vote(VoteView vote) =>
        $"{ApprovalDocument.Time(vote.At)} {vote.Voter} said {StateName.Of(vote.Decision)} to revision {vote.Revision} ({vote.Channel})"
        + $"{Tag(vote.Tag)}{(vote.Reason.Length > 0 ? $": {vote.Reason}" : "")}";

    private static string Tag(DecisionTag tag) => DecisionTags.NameOf(tag) is { } name ? $", {name}" : "";

    private static string Note(NoteView note) => $"{ApprovalDocument.Time(note.At)} {note.Author} {Did(note.Kind)} ({note.Channel}){(note.Text.Length > 0 ? $": {note.Text}" : "")}";

    private static string Did(NoteKind kind) => kind switch
    {
        NoteKind.Claim => "is on it",
        NoteKind.Release => "is no longer on it",
        NoteKind.Reveal => "looked at masked values",
        _ => "noted",
    };

    // What was proposed stays in sight: whoever decides sees what a colleague made of it.
    private static void Changed(StringBuilder text, ModificationView? change)
    {
        if (change is not null)
        {
            var note = change.Note.Length > 0 ? $", who noted: {change.Note}" : "";
            Section(text, "Changed by a person (- as proposed, + as it stands)", [$"by {change.ModifiedBy}{note}", .. ArgumentDifference.Between(change.Original, change.Current)]);
        }
    }

    private static void Unverified(StringBuilder text, ApprovalCaseView shown)
    {
        if (shown.Narrative is { UserRequest: null, Reasoning: null })
        {
            Section(text, "Text from the model", ["none"]);
            return;
        }

        Line(text, "");
        Line(text, "UNVERIFIED text from the model. It may be wrong or meant to mislead. Only lines with a bar belong to it, and no code in it is a decision code.");
        Quote(text, "The user's request, as the model tells it:", shown.Narrative.UserRequest);
        Quote(text, "The model's reasoning:", shown.Narrative.Reasoning);
        Line(text, "End of the UNVERIFIED text.");
    }

    private static void Quote(StringBuilder text, string title, string? quoted)
    {
        if (quoted is not null)
        {
            Line(text, title);
            foreach (var line in VisibleText.Quote(quoted, Bar))
            {
                Line(text, line);
            }
        }
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        Line(text, "");
        Line(text, title);
        foreach (var line in lines)
        {
            Line(text, Indent + VisibleText.Line(line));
        }
    }

    // One line feed everywhere: what a model reads must not depend on the server's platform.
    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
