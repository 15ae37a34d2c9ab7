using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Tools;

/// <summary>One of the server's own tools, beside a tenant's capabilities. Only agent sessions reach it, and none of them decides anything.</summary>
internal interface ISystemTool
{
    /// <summary>What clients list.</summary>
    Tool Description { get; }

    /// <summary>Does what the tool says.</summary>
    Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation);
}
