using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Touchstage.Mcp.Telemetry;

/// <summary>Exports traces and metrics by OTLP: one trace from the client's call through the pipeline's stages to the API that it reaches.</summary>
internal static class TelemetryExport
{
    /// <summary>The source and the meter of the pipeline.</summary>
    public const string Pipeline = "Touchstage.Safety";

    /// <summary>Those of the protocol library.</summary>
    public const string Protocol = "Experimental.ModelContextProtocol";

    // Every other tag holds something that a client wrote, or tells clients apart without end.
    private static readonly string[] Tags =
    [
        "stage", "status", "code", "http.request.method", "http.route", "http.response.status_code", "network.protocol.version", "network.transport", "rpc.response.status_code", "error.type", "url.scheme",
        "aspnetcore.rate_limiting.result", "kestrel.connection.status",
    ];

    /// <summary>Adds the export, if there is one.</summary>
    public static void Add(IHostApplicationBuilder builder, ExportSetup? setup, string version)
    {
        if (setup is null)
        {
            return;
        }

        builder.Configuration.AddInMemoryCollection(setup.Settings);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(setup.Settings.GetValueOrDefault("OTEL_SERVICE_NAME") ?? "touchstage", serviceVersion: version))
            .WithTracing(tracing => tracing
                // Not what the client's own flag says: it is not for clients to make the operator's collector work.
                .SetSampler(new TraceIdRatioBasedSampler(setup.Ratio))
                .AddSource(Pipeline, Protocol)
                .AddAspNetCoreInstrumentation()
                .AddProcessor(new SpanScrub())
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(Pipeline, Protocol, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime")
                .AddView(static instrument => instrument.Meter.Name == "System.Runtime" ? null : new MetricStreamConfiguration { TagKeys = Tags })
                .AddOtlpExporter());
    }
}
