using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Touchstage.Safety.Actions;

/// <summary>One Activity and one measured time a stage; counts of outcomes. Tags are ids and codes only, never an argument's value.</summary>
internal sealed class PipelineTelemetry : IDisposable
{
    /// <summary>The name of the Activity source and of the meter.</summary>
    public const string SourceName = "Touchstage.Safety";

    private readonly ActivitySource source = new(SourceName);
    private readonly Meter meter;
    private readonly Histogram<double> stageTime;
    private readonly Counter<long> outcomes;
    private readonly TimeProvider time;

    public PipelineTelemetry(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        meter = meters.Create(SourceName);
        stageTime = meter.CreateHistogram<double>("touchstage.stage.duration", "s", "How long one stage of the pipeline took.");
        outcomes = meter.CreateCounter<long>("touchstage.action.outcomes", "{action}", "What calls came to.");
    }

    /// <summary>
    /// A trace around a whole call where there is none yet, listened to or not: the trace id stands in the ledger and <c>traceparent</c> goes upstream. Dispose of it at the end.
    /// </summary>
    public static Activity? Trace() => Activity.Current is null ? new Activity("action").SetIdFormat(ActivityIdFormat.W3C).Start() : null;

    /// <summary>Runs a stage inside its Activity.</summary>
    public async Task<T> StageAsync<T>(string verb, Func<Task<T>> stage)
    {
        using var activity = source.StartActivity(verb);
        var started = time.GetTimestamp();
        try
        {
            return await stage();
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
        finally
        {
            stageTime.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", verb));
        }
    }

    /// <summary>Runs a stage that waits for nothing inside its Activity.</summary>
    public T Stage<T>(string verb, Func<T> stage)
    {
        using var activity = source.StartActivity(verb);
        var started = time.GetTimestamp();
        try
        {
            return stage();
        }
        finally
        {
            stageTime.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", verb));
        }
    }

    /// <summary>Counts what a call came to.</summary>
    public ActionOutcome Count(ActionOutcome outcome)
    {
        outcomes.Add(1, new("status", outcome.Status.ToString()), new("code", outcome.Code ?? ""));
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        meter.Dispose();
    }
}
