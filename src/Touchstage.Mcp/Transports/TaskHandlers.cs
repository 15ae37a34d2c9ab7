#pragma warning disable MCPEXP002 // The protocol library marks the seams for extensions as experimental.
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Tasks;

namespace Touchstage.Mcp.Transports;

/// <summary>Gives the server the methods of the tasks extension.</summary>
internal sealed class TaskHandlers(TaskSurface tasks, IServiceProvider services) : IConfigureOptions<McpServerOptions>
{
    /// <inheritdoc/>
    public void Configure(McpServerOptions options)
    {
        options.RequestHandlers ??= [];
        foreach (var handler in tasks.Handlers)
        {
            options.RequestHandlers.Add(HandlerGuard.Of(handler, services));
        }
    }
}
