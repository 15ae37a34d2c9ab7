using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Pagination;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Resources;

/// <summary>Approvals and capabilities as resources. Whose they are is the session's; an address names no tenant.</summary>
internal sealed class ResourceSurface(IApprovals approvals, ICapabilities capabilities, InboxAddress inbox, Pages pages)
{
    private const string Json = "application/json";
    private static readonly TimeSpan TemplatesTimeToLive = TimeSpan.FromMinutes(5);

    public async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellation)
    {
        var caller = SessionIdentity.Of(request.User).Demand();
        var items = (await approvals.ListAsync(caller, cancellation)).Select(Describe);
        Resource[] all = caller.Kind == SessionKind.Approver ? [Queue, .. items] : [.. items];
        var page = pages.Of(caller, RequestMethods.ResourcesList, all, resource => resource.Uri, request.Params?.Cursor);
        return new()
        {
            Resources = page.Items,
            NextCursor = page.NextCursor,
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }

    public ValueTask<ListResourceTemplatesResult> TemplatesAsync(RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellation)
    {
        var page = pages.Of(SessionIdentity.Of(request.User).Demand(), RequestMethods.ResourcesTemplatesList, Templates, template => template.UriTemplate, request.Params?.Cursor);
        return ValueTask.FromResult(
            new ListResourceTemplatesResult { ResourceTemplates = page.Items, NextCursor = page.NextCursor, TimeToLive = TemplatesTimeToLive, CacheScope = CacheScope.Private });
    }

    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellation)
    {
        var caller = SessionIdentity.Of(request.User).Demand();
        var document = await FindAsync(caller, request.Params.Uri, cancellation) ?? throw ProtocolFaults.UnknownResource(request.Server, request.Params.Uri);
        return new()
        {
            Contents = [new TextResourceContents { Uri = request.Params.Uri, MimeType = Json, Text = document }],
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }

    /// <summary>Whether a caller may see a resource now.</summary>
    public async Task<bool> IsVisibleAsync(Caller caller, string uri, CancellationToken cancellation) =>
        uri == ApprovalUri.Queue ? caller.Kind == SessionKind.Approver : await FindAsync(caller, uri, cancellation) is not null;

    private static readonly ResourceTemplate[] Templates =
    [
        new() { UriTemplate = ApprovalUri.Template, Name = "approval", Title = "An approval", Description = "How a call stands that waited for a person.", MimeType = Json },
        new() { UriTemplate = CapabilityUri.Template, Name = "capability", Title = "A capability", Description = "What a caller needs to know of a tool.", MimeType = Json },
    ];

    private static readonly Resource Queue =
        new() { Uri = ApprovalUri.Queue, Name = "approvals", Title = "Your queue", Description = "The approvals that wait for your decision.", MimeType = Json };

    private static Resource Describe(ApprovalView approval) => new()
    {
        Uri = ApprovalUri.Of(approval.Id),
        Name = approval.Id,
        Title = VisibleText.Line(approval.Summary),
        Description = StateName.Of(approval.State),
        MimeType = Json,
    };

    private async Task<string?> FindAsync(Caller caller, string uri, CancellationToken cancellation)
    {
        if (uri == ApprovalUri.Queue)
        {
            return caller.Kind == SessionKind.Approver ? ApprovalDocument.Queue(await approvals.ListAsync(caller, cancellation)).ToJsonString() : null;
        }

        if (ApprovalUri.TryParse(uri, out var id))
        {
            return (await approvals.FindAsync(caller, id, cancellation)).TryGet(out var approval, out _) ? ApprovalDocument.Of(approval, inbox.Of(approval.Id)).ToJsonString() : null;
        }

        return CapabilityUri.TryParse(uri, out var name) && await capabilities.FindAsync(caller, name, cancellation) is { } capability
            ? capability.ToResourceJson()
            : null;
    }
}
