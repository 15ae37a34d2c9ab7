using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Tools;

/// <summary>The server's own tools, in ordinal order, and the door that they share.</summary>
internal sealed class SystemTools(IEnumerable<ISystemTool> tools)
{
    private readonly ISystemTool[] ordered = [.. tools.OrderBy(tool => tool.Description.Name, StringComparer.Ordinal)];

    /// <summary>What clients list.</summary>
    public IEnumerable<Tool> Descriptions => ordered.Select(tool => tool.Description);

    /// <summary>A tool of this name, or null.</summary>
    public ISystemTool? Find(string name) => ordered.FirstOrDefault(tool => tool.Description.Name == name);

    /// <summary>Calls a tool for an agent; for anybody else there is none.</summary>
    public static async Task<CallToolResult> CallAsync(ISystemTool tool, RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        var identity = SessionIdentity.Of(request.User);
        if (identity.Refusal is { } nobody)
        {
            return OutcomeResult.Refused(nobody.Code.Value, nobody.Reason);
        }

        return identity.Demand().Kind == SessionKind.Agent ? await tool.CallAsync(request, cancellation) : throw ProtocolFaults.UnknownTool(tool.Description.Name);
    }
}
