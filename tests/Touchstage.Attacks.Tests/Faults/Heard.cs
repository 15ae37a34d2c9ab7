using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Ledger;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>Ears at every way out of the process.</summary>
internal sealed class Heard : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Place, string Text)> said = new();
    private readonly ActivityListener activities;
    private readonly MeterListener meters = new();

    public Heard()
    {
        activities = new() { ShouldListenTo = source => source.Name == "Touchstage.Safety", Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = Hear };
        ActivitySource.AddActivityListener(activities);
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Touchstage.Safety")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Say("meter", Text(instrument, tags)));
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Say("meter", Text(instrument, tags)));
        meters.Start();
        AppDomain.CurrentDomain.FirstChanceException += OnException;
    }

    public IEnumerable<string> Places => said.Select(one => one.Place).Distinct(StringComparer.Ordinal);

    public void Say(string place, string text) => said.Enqueue((place, text));

    public IEnumerable<string> Find(string canary) =>
        said.Where(one => one.Text.Contains(canary, StringComparison.OrdinalIgnoreCase)).Select(one => $"{one.Place}: {one.Text[..Math.Min(400, one.Text.Length)]}");

    public async Task TakeStoreAsync(TouchstageHost host)
    {
        using var export = new MemoryStream();
        await host.Services.GetRequiredService<ILedger>().ExportAsync(TouchstageHost.TenantOf("acme"), export, default);
        Say("ledger", Encoding.UTF8.GetString(export.ToArray()));
        foreach (var file in Directory.GetFiles(Path.Combine(host.Folder, "data"), "touchstage.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Say("store", Encoding.Latin1.GetString(bytes.ToArray()));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Say("log", state.ToString() ?? "");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Say("log", $"{formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "")}");

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        meters.Dispose();
        activities.Dispose();
    }

    private static string Text(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => $"{instrument.Name} {string.Join(' ', tags.ToArray())}";

    private void OnException(object? sender, FirstChanceExceptionEventArgs e) => Say("exception", $"{e.Exception.GetType()} {e.Exception.Message}");

    private void Hear(Activity activity) =>
        Say("activity", $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}");
}
