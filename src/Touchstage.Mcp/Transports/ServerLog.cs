using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Touchstage.Mcp.Telemetry;

namespace Touchstage.Mcp.Transports;

/// <summary>The server's log: standard error, one line an entry, for people or for machines.</summary>
internal static class ServerLog
{
    public static void AddTo(ILoggingBuilder logging, LogFormat format)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // What the protocol library logs of failing requests repeats what models wrote; our handlers log their own failures.
        logging.AddFilter("ModelContextProtocol", LogLevel.None);
        // A start that fails is not for the log, where it would be a stack trace.
        var gate = new HostLogGate();
        logging.Services.AddSingleton<IHostedService>(gate);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && gate.IsOpen);
        if (format == LogFormat.Json)
        {
            logging.Services.TryAddSingleton(TimeProvider.System);
            logging.AddConsole(console => console.FormatterName = JsonLogFormatter.FormatName).AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
            logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            return;
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
