using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Touchstage.Mcp.Telemetry;

/// <summary>Where traces and metrics are exported to (OTLP). Everything else is as the variables of OpenTelemetry's specification say.</summary>
/// <param name="Settings">Those variables, with the endpoint among them. They may hold the collector's credential, so this prints nothing.</param>
/// <param name="Ratio">Which part of all traces is kept, from 0 to 1.</param>
internal sealed record ExportSetup(IReadOnlyDictionary<string, string?> Settings, double Ratio)
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string RatioVariable = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly string[] Variables =
    [
        Endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_CERTIFICATE",
        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_KEY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME",
    ];

    /// <summary>Reads the option and the environment.</summary>
    /// <param name="endpoint">The endpoint of the option, or null.</param>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="setup">The set-up; null if no endpoint is named, and then nothing is exported.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public static bool TryCreate(string? endpoint, Func<string, string?> environment, out ExportSetup? setup, [NotNullWhen(false)] out string? problem)
    {
        (setup, problem) = (null, null);
        var named = endpoint ?? environment(Endpoint);
        if (string.IsNullOrEmpty(named))
        {
            return true;
        }

        if (!Uri.TryCreate(named, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            problem = $"The OTLP endpoint is not an address. Give one like http://127.0.0.1:4317 with --otlp-endpoint or {Endpoint}; credentials go into OTEL_EXPORTER_OTLP_HEADERS.";
            return false;
        }

        var ratio = 1.0;
        if (environment(RatioVariable) is { Length: > 0 } part && (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) || ratio is not (>= 0 and <= 1)))
        {
            problem = $"{RatioVariable} is a number from 0 to 1, the part of all traces that is kept.";
            return false;
        }

        var settings = Variables.ToDictionary(name => name, name => environment(name) is { Length: > 0 } text ? text : null, StringComparer.Ordinal);
        settings[Endpoint] = named;
        setup = new(settings.Where(setting => setting.Value is not null).ToDictionary(StringComparer.Ordinal), ratio);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
