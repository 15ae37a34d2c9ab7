using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>Completes ids, names and what else is no secret, with what the caller may see anyway. A decision code is never completed.</summary>
internal sealed class CompletionSurface(IApprovals approvals, ICapabilities capabilities)
{
    private const int MaxValues = 100;
    private const int MaxQueue = 200;

    public async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellation)
    {
        var caller = SessionIdentity.Of(request.User).Demand();
        var (isApprover, typed) = (caller.Kind == SessionKind.Approver, request.Params.Argument.Value);
        return (request.Params.Ref, request.Params.Argument.Name) switch
        {
            (PromptReference, "id") when isApprover => Result((await DecidableAsync(caller, cancellation)).Select(item => ApprovalUri.Label(item.Id, item.Summary)), label => IsMeant(label, typed)),
            (PromptReference, "tag") when isApprover => Result(DecisionTags.Names, name => StartsWith(name, typed)),
            (PromptReference { Name: "modify" }, "changes") when isApprover => Result(await ChangesAsync(caller, request.Params.Context, cancellation), text => StartsWith(text, typed)),
            (ResourceTemplateReference, "id") => Result(await IdsAsync(caller, cancellation), id => StartsWith(id, typed)),
            (ResourceTemplateReference, "name") =>
                Result((await capabilities.ListAsync(caller, cancellation)).Select(tool => tool.Name).Order(StringComparer.Ordinal), name => StartsWith(name, typed)),
            _ => Result([], _ => false),
        };
    }

    private async Task<IEnumerable<QueueItem>> DecidableAsync(Caller approver, CancellationToken cancellation) =>
        (await approvals.QueueAsync(approver, new(null, null, false, null, MaxQueue), cancellation)).Items.OrderByDescending(item => item.CreatedAt).ThenBy(item => item.Id, StringComparer.Ordinal);

    // In an address nothing but the id has a place.
    private async Task<IEnumerable<string>> IdsAsync(Caller caller, CancellationToken cancellation) => caller.Kind == SessionKind.Approver
        ? (await DecidableAsync(caller, cancellation)).Select(item => item.Id)
        : (await approvals.ListAsync(caller, cancellation)).Select(approval => approval.Id);

    private async Task<IEnumerable<string>> ChangesAsync(Caller approver, CompleteContext? context, CancellationToken cancellation) =>
        context?.Arguments is { } given
        && given.TryGetValue("id", out var id)
        && (await approvals.FindAsync(approver, ApprovalUri.IdFrom(id), cancellation)).TryGet(out var approval, out _)
        && approval.Case is { } shown
            ? [ChangeFields.Skeleton(shown).ToJsonString()]
            : [];

    // People remember what it was about rather than its id.
    private static bool IsMeant(string label, string typed) => StartsWith(label, typed) || (typed.Length > 2 && label.Contains(typed, StringComparison.OrdinalIgnoreCase));

    private static bool StartsWith(string value, string typed) => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static CompleteResult Result(IEnumerable<string> all, Func<string, bool> fits)
    {
        string[] hits = [.. all.Where(fits)];
        return new() { Completion = new() { Values = [.. hits.Take(MaxValues)], Total = hits.Length, HasMore = hits.Length > MaxValues } };
    }
}
