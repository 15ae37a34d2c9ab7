using System.Collections.Immutable;
using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.Inbox.Parts;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox;

/// <summary>Several cases decided together: first they are shown, then one POST decides exactly what was shown.</summary>
internal static class BatchEndpoints
{
    public static void MapBatch(this RouteGroupBuilder inbox)
    {
        inbox.MapGet("/batch", (HttpContext http, IApprovals approvals) => ShowAsync(http, approvals, http.Request.Query["id"], "", null, null));
        inbox.MapPost("/batch", DecideAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IApprovals approvals, IEnumerable<string?> chosen, string reason, string? tag, Notice? notice)
    {
        var ids = chosen.OfType<string>().Distinct(StringComparer.Ordinal).Take(QueueEndpoints.PageSize).ToArray();
        var cases = ImmutableArray.CreateBuilder<ApprovalView>();
        foreach (var id in ids)
        {
            if ((await approvals.FindAsync(InboxIdentity.Of(http), id, http.RequestAborted)).TryGet(out var approval, out _) && approval is { State: ApprovalState.Pending, Case: not null })
            {
                cases.Add(approval);
            }
        }

        return cases.Count == 0
            ? PageAnswer.SeeOther(http, InboxPaths.Root)
            : PageAnswer.Of<BatchPage, BatchShown>(
                http, new(cases.ToImmutable(), ids.Length - cases.Count, reason, tag), notice is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, notice);
    }

    private static async Task<IResult> DecideAsync(HttpContext http, IApprovals approvals)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (ids, revisions, reason, tag) = (form["id"], form["revision"], FormText.Of(form, "reason"), FormText.Of(form, "tag"));
        var vote = FormText.Of(form, "vote") switch { "approve" => VoteDecision.Approve, "reject" => VoteDecision.Reject, _ => (VoteDecision?)null };
        if (vote is not { } decision || ids.Count != revisions.Count || ids.Count > QueueEndpoints.PageSize || !DecisionTags.TryParse(tag, out var lesson))
        {
            return await ShowAsync(http, approvals, ids, reason, tag, new("Nothing was decided", "The form was not complete. Choose again.", []));
        }

        if (decision == VoteDecision.Reject && string.IsNullOrWhiteSpace(reason))
        {
            return await ShowAsync(http, approvals, ids, reason, tag, new("Nothing was decided", "", [new("reason", "Write a reason: the agents are told.")]));
        }

        var decisions = ids.Zip(revisions, (id, revision) => new Decision(id ?? "", decision, reason, DecisionChannel.Inbox, revision ?? "", null, lesson));
        return PageAnswer.Of<BatchOutcomePage, BatchOutcome>(http, new(decision, await approvals.DecideManyAsync(InboxIdentity.Of(http), [.. decisions], http.RequestAborted)));
    }
}
