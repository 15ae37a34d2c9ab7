using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox;

/// <summary>A case, and what a person may do about it beside deciding.</summary>
internal static class CaseEndpoints
{
    public static void MapCase(this RouteGroupBuilder inbox)
    {
        inbox.MapGet("/approvals/{id}", (HttpContext http, string id, CaseDesk desk) => desk.ShowAsync(http, id));
        inbox.MapPost("/approvals/{id}/comment", CommentAsync);
        inbox.MapPost("/approvals/{id}/claim", (HttpContext http, string id, IApprovals approvals, CaseDesk desk) => NoteAsync(http, id, NoteKind.Claim, "", approvals, desk));
        inbox.MapPost("/approvals/{id}/release", (HttpContext http, string id, IApprovals approvals, CaseDesk desk) => NoteAsync(http, id, NoteKind.Release, "", approvals, desk));
        inbox.MapPost("/approvals/{id}/reveal", RevealAsync);
    }

    private static async Task<IResult> CommentAsync(HttpContext http, string id, IApprovals approvals, CaseDesk desk)
    {
        var comment = FormText.Of(await http.Request.ReadFormAsync(http.RequestAborted), "comment").Trim();
        return comment.Length > 0
            ? await NoteAsync(http, id, NoteKind.Comment, comment, approvals, desk)
            : await desk.ShowAsync(http, id, StatusCodes.Status422UnprocessableEntity, new("Nothing was recorded", "", [new("comment", "Write a comment first.")]));
    }

    private static async Task<IResult> NoteAsync(HttpContext http, string id, NoteKind kind, string text, IApprovals approvals, CaseDesk desk) =>
        (await approvals.NoteAsync(InboxIdentity.Of(http), id, kind, text, DecisionChannel.Inbox, http.RequestAborted)).TryGet(out _, out var refusal)
            ? PageAnswer.SeeOther(http, InboxPaths.ApprovalOf(id) + (kind == NoteKind.Comment ? "#history" : "#decide"))
            : await desk.RefuseAsync(http, id, refusal, CaseDraft.Empty with { Comment = text });

    // Shown in the answer itself and nowhere else: loading the page again masks the values again.
    private static async Task<IResult> RevealAsync(HttpContext http, string id, IApprovals approvals, CaseDesk desk)
    {
        var revision = FormText.Of(await http.Request.ReadFormAsync(http.RequestAborted), "revision");
        return (await approvals.RevealAsync(InboxIdentity.Of(http), id, revision, DecisionChannel.Inbox, http.RequestAborted)).TryGet(out var revealed, out var refusal)
            ? await desk.ShowAsync(http, id, revealed: revealed)
            : await desk.RefuseAsync(http, id, refusal, CaseDraft.Empty);
    }
}
