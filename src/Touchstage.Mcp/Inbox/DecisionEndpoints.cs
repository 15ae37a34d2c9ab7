using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox;

/// <summary>A yes and a no: each one POST, bound to the revision that the page showed.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this RouteGroupBuilder inbox)
    {
        inbox.MapPost("/approvals/{id}/approve", ApproveAsync);
        inbox.MapPost("/approvals/{id}/reject", RejectAsync);
    }

    private static async Task<IResult> ApproveAsync(HttpContext http, string id, IApprovals approvals, CaseDesk desk)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var draft = new CaseDraft(FormText.Of(form, "note"), "", "", null);
        return await DecideAsync(http, id, VoteDecision.Approve, draft.Note, form, draft, approvals, desk);
    }

    private static async Task<IResult> RejectAsync(HttpContext http, string id, IApprovals approvals, CaseDesk desk)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var draft = new CaseDraft("", FormText.Of(form, "reason"), "", FormText.Of(form, "tag"));
        return string.IsNullOrWhiteSpace(draft.Reason)
            ? await desk.ShowAsync(http, id, StatusCodes.Status422UnprocessableEntity, new("Nothing was decided", "", [new("reason", "Write a reason: the agent is told.")]), draft)
            : await DecideAsync(http, id, VoteDecision.Reject, draft.Reason, form, draft, approvals, desk);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext http, string id, VoteDecision vote, string reason, IFormCollection form, CaseDraft draft, IApprovals approvals, CaseDesk desk)
    {
        if (!DecisionTags.TryParse(FormText.Find(form, "tag"), out var tag))
        {
            return await desk.ShowAsync(http, id, StatusCodes.Status422UnprocessableEntity, new("Nothing was decided", "There is no such tag.", []), draft);
        }

        // Invariant: a form without its revision is bound to nothing that was shown, and the empty text is no revision's digest.
        var decision = new Decision(id, vote, reason, DecisionChannel.Inbox, FormText.Of(form, "revision"), null, tag);
        return (await approvals.DecideAsync(InboxIdentity.Of(http), decision, http.RequestAborted)).TryGet(out _, out var refusal)
            ? PageAnswer.SeeOther(http, InboxPaths.ApprovalOf(id) + "#decide")
            : await desk.RefuseAsync(http, id, refusal, draft);
    }
}
