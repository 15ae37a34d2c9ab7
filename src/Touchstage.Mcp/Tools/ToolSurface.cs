using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Icons;
using Touchstage.Mcp.Pagination;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Tools;

/// <summary>Lists a tenant's capabilities as tools: in ordinal order, the system tools last. An approver's session has none.</summary>
internal sealed class ToolSurface(ICapabilities capabilities, SystemTools system, LegacySubscribers subscribers, Pages pages)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(5);

    public async ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellation)
    {
        var identity = SessionIdentity.Of(request.User);
        var caller = identity.Demand();
        subscribers.Track(request.Server, identity);
        var page = pages.Of(caller, RequestMethods.ToolsList, await ToolsAsync(caller, cancellation), tool => tool.Name, request.Params?.Cursor);
        return new() { Tools = page.Items, NextCursor = page.NextCursor, TimeToLive = TimeToLive, CacheScope = CacheScope.Private };
    }

    private async Task<Tool[]> ToolsAsync(Caller caller, CancellationToken cancellation) =>
        caller.Kind == SessionKind.Agent
            ? [.. (await capabilities.ListAsync(caller, cancellation)).OrderBy(tool => tool.Name, StringComparer.Ordinal).Select(Describe), .. system.Descriptions]
            : [];

    private static Tool Describe(ToolDescription capability) => new()
    {
        Name = capability.Name,
        Title = capability.Title,
        Description = capability.Description,
        Icons = IconSet.Of(capability.Effects),
        InputSchema = capability.InputSchema,
        OutputSchema = capability.OutputSchema,
        Annotations = new()
        {
            Title = capability.Title,
            ReadOnlyHint = capability.Effects == Effects.ReadOnly,
            DestructiveHint = capability.Effects == Effects.Destructive,
            IdempotentHint = capability.IsIdempotent || capability.Effects == Effects.ReadOnly,
            OpenWorldHint = true,
        },
    };
}
