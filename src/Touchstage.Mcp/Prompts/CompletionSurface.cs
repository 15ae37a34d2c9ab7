using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>Completes ids and names, with what the caller may see anyway.</summary>
internal sealed class CompletionSurface(IApprovals approvals, ICapabilities capabilities)
{
    private const int MaxValues = 100;

    public async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellation)
    {
        var caller = SessionIdentity.Of(request.User).Demand();
        var all = (request.Params.Ref, request.Params.Argument.Name) switch
        {
            (PromptReference, "id") when caller.Kind == SessionKind.Approver => await ApprovalsAsync(caller, cancellation),
            (ResourceTemplateReference, "id") => await ApprovalsAsync(caller, cancellation),
            (ResourceTemplateReference, "name") => (await capabilities.ListAsync(caller, cancellation)).Select(tool => tool.Name).Order(StringComparer.Ordinal),
            _ => [],
        };
        string[] hits = [.. all.Where(value => value.StartsWith(request.Params.Argument.Value, StringComparison.OrdinalIgnoreCase))];
        return new() { Completion = new() { Values = [.. hits.Take(MaxValues)], Total = hits.Length, HasMore = hits.Length > MaxValues } };
    }

    private async Task<IEnumerable<string>> ApprovalsAsync(Caller caller, CancellationToken cancellation) =>
        (await approvals.ListAsync(caller, cancellation)).Select(approval => approval.Id);
}
