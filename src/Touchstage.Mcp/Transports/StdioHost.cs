using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Frames;
using Touchstage.Mcp.Limits;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Telemetry;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Transports;

/// <summary>The server on standard input and output. Nothing but the protocol is written there; logs go to standard error.</summary>
internal static class StdioHost
{
    public static IHost Build(Action<IServiceCollection> addSafety, string sessionKey, Operation? operation = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = AppContext.BaseDirectory });
        var followed = operation ?? Operation.Quiet;
        ServerLog.AddTo(builder.Logging, followed.Log);
        TelemetryExport.Add(builder, followed.Export, McpSurface.Version);
        addSafety(builder.Services);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = HttpHost.ShutdownTimeout);
        builder.Services.AddTouchstageMcp()
            .WithStreamServerTransport(new FrameStream(Console.OpenStandardInput(), Connections.MaxRequestBody), new BufferedStream(Console.OpenStandardOutput()))
            .WithMessageFilters(filters => filters.AddIncomingFilter(new StdioSession(sessionKey).Identify));
        return builder.Build();
    }

    /// <summary>Sets what the client is told when it comes: whose key it is must be found out before.</summary>
    public static void Instruct(IHost host, SessionKind kind) =>
        host.Services.GetRequiredService<IOptions<McpServerOptions>>().Value.ServerInstructions = Instructions.For(kind);
}
