using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Actions;

namespace Touchstage.Mcp.Inbox;

/// <summary>Changing an action: a form, what it comes to, and one POST that confirms exactly that.</summary>
internal static class ModifyEndpoints
{
    public static void MapModify(this RouteGroupBuilder inbox)
    {
        inbox.MapGet("/approvals/{id}/modify", (HttpContext http, string id, ModifyDesk desk) => desk.ShowAsync(http, id, null));
        inbox.MapPost("/approvals/{id}/modify/preview", PreviewAsync);
        inbox.MapPost("/approvals/{id}/modify", ConfirmAsync);
    }

    private static async Task<IResult> PreviewAsync(HttpContext http, string id, ModifyDesk desk) =>
        await desk.ShowAsync(http, id, await http.Request.ReadFormAsync(http.RequestAborted));

    private static async Task<IResult> ConfirmAsync(HttpContext http, string id, IModifications modifications, ModifyDesk desk, CaseDesk cases)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);

        // Invariant: what was not previewed is not confirmed.
        if (FormText.Of(form, "previewed") is not { Length: > 0 } previewed || await desk.ReadAsync(http, id, form) is not { } modification)
        {
            return await desk.ShowAsync(http, id, form);
        }

        if ((await modifications.ModifyAsync(InboxIdentity.Of(http), modification, previewed, null, http.RequestAborted)).TryGet(out _, out var refusal))
        {
            return PageAnswer.SeeOther(http, InboxPaths.ApprovalOf(id) + "#decide");
        }

        return refusal.Code.Value == "already_decided"
            ? await cases.RefuseAsync(http, id, refusal, CaseDraft.Empty)
            : await desk.ShowAsync(http, id, form, new("The change was not made", refusal.Reason, []));
    }
}
