using System.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Comments without deciding.</summary>
internal sealed class ApprovalsCommentVerb() : ApprovalsNoteVerb("approvals comment", "Comment without deciding; other approvers read it.", NoteKind.Comment, "Noted on")
{
    private readonly Argument<string> text = new("TEXT") { Description = "What you have to say." };

    protected override IEnumerable<Argument> Arguments => [.. base.Arguments, text];

    protected override string TextOf(ParseResult parse) => Named.WordsOf(parse, text);
}
