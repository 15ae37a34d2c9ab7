using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Touchstage.Mcp.Telemetry;

/// <summary>The log for machines: an object a line, with the entry's values by their names and the trace that it belongs to.</summary>
internal sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "touchstage-json";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            writer.WriteString("level", logEntry.LogLevel.ToString().ToLowerInvariant());
            writer.WriteString("category", logEntry.Category);
            writer.WriteNumber("event", logEntry.EventId.Id);
            writer.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } exception)
            {
                writer.WriteString("exception", exception.ToString());
            }

            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                writer.WriteString("trace_id", activity.TraceId.ToHexString());
                writer.WriteString("span_id", activity.SpanId.ToHexString());
            }

            WriteValues(writer, logEntry.State);
            writer.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static void WriteValues<TState>(Utf8JsonWriter writer, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values)
        {
            return;
        }

        writer.WriteStartObject("values");
        foreach (var (name, value) in values.Where(value => value.Key != "{OriginalFormat}").DistinctBy(value => value.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }
}
