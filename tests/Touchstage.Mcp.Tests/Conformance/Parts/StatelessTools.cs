#pragma warning disable MCP9005 // Logging and sampling are deprecated since the newest revision, and part of the suite.
using System.ComponentModel;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Subscriptions;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>Tools by which the suite sees that no request leans on another.</summary>
[McpServerToolType]
internal sealed partial class StatelessTools
{
    [McpServerTool(Name = "test_missing_capability"), Description("Needs a client that samples.")]
    public static string Needy(McpServer server) => server.ClientCapabilities?.Sampling is not null
        ? "The client can."
        : throw new MissingRequiredClientCapabilityException(new() { Sampling = new() }, "This needs the sampling capability, and the client did not declare it.");

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Asks the person in its result, never by a request of its own.")]
    public static string Streaming(RequestContext<CallToolRequestParams> request) => Questions.IsAnswered(request.Params, "user_name")
        ? "Done."
        : throw Questions.Ask(null, ("user_name", Questions.Form("What is your name?", "name")));

    [McpServerTool(Name = "test_logging_tool"), Description("Logs, which reaches a client that wants it.")]
    public static string Log(McpServer server)
    {
        LogCalled(server.AsClientLoggerProvider().CreateLogger("fixture"));
        return "Logged, if that was wanted.";
    }

    [McpServerTool(Name = "test_trigger_tool_change"), Description("Says that the caller's tools changed.")]
    public static string ChangeTools(SubscriptionHub hub, RequestContext<CallToolRequestParams> request)
    {
        var tenant = SessionIdentity.Of(request.User).Demand().Tenant.Value;
        hub.Publish(new(0, tenant, "tenant", tenant));
        return "Said.";
    }

    [LoggerMessage(1, LogLevel.Information, "The tool was called")]
    private static partial void LogCalled(ILogger logger);
}
