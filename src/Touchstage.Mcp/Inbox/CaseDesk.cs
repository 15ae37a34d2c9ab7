using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.Inbox.Parts;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Inbox;

/// <summary>Puts a case before an approver, as it stands now.</summary>
internal sealed class CaseDesk(IApprovals approvals)
{
    /// <summary>The page of a case.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The approval's id as received.</param>
    /// <param name="status">The answer's status, if the case can be shown.</param>
    /// <param name="notice">What to say first.</param>
    /// <param name="draft">What the person had typed.</param>
    /// <param name="revealed">The sensitive values, once.</param>
    public async Task<IResult> ShowAsync(HttpContext http, string id, int status = StatusCodes.Status200OK, Notice? notice = null, CaseDraft? draft = null, RevealedArguments? revealed = null)
    {
        var viewer = InboxIdentity.Of(http);
        if (!(await approvals.FindAsync(viewer, id, http.RequestAborted)).TryGet(out var approval, out var refusal))
        {
            return Unknown(http, refusal);
        }

        return approval.Case is { } shown
            ? PageAnswer.Of<CasePage, CaseShown>(http, new(approval, shown, viewer, revealed, draft ?? CaseDraft.Empty, await NextAsync(viewer, id, http.RequestAborted)), status, notice)
            : PageAnswer.Say(http, StatusCodes.Status403Forbidden, "Somebody else must decide this", $"You asked for it yourself: {approval.Summary}. {StateWords.Meaning(approval.State)}");
    }

    /// <summary>The page after a No: the case as it is now, and why nothing was recorded.</summary>
    public Task<IResult> RefuseAsync(HttpContext http, string id, Refusal refusal, CaseDraft draft) => refusal.Code.Value switch
    {
        "unknown_approval" => Task.FromResult(Unknown(http, refusal)),
        "own_request" => Task.FromResult(PageAnswer.Say(http, StatusCodes.Status403Forbidden, "Somebody else must decide this", refusal.Reason)),
        "newer_revision" => ShowAsync(http, id, StatusCodes.Status409Conflict, new("This changed since you looked", "Nothing was decided. Below is what it is now: look again before you decide.", []), draft),
        "already_decided" => ShowAsync(http, id, StatusCodes.Status409Conflict, new("Your decision came too late", refusal.Reason, []), draft),
        _ => ShowAsync(http, id, StatusCodes.Status422UnprocessableEntity, new("Nothing was recorded", refusal.Reason, []), draft),
    };

    /// <summary>Says that there is no such case; somebody else's looks exactly the same.</summary>
    public static IResult Unknown(HttpContext http, Refusal refusal) =>
        PageAnswer.Say(http, StatusCodes.Status404NotFound, "There is no such case here", $"{refusal.Reason} It may never have existed, or be for others to decide.");

    private async Task<string?> NextAsync(Caller viewer, string but, CancellationToken cancellation) =>
        (await approvals.QueueAsync(viewer, new(null, null, false, null, 2), cancellation)).Items.FirstOrDefault(item => item.Id != but)?.Id;
}
