using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>What the API's owner reads: every message, and the codes of the checks that failed.</summary>
internal sealed class OwnersLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Messages { get; } = [];

    public ConcurrentQueue<string> FailedChecks { get; } = [];

    public ConcurrentQueue<EventId> Events { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Events.Enqueue(eventId);
        Messages.Enqueue(formatter(state, exception) + exception);
        if (state is IEnumerable<KeyValuePair<string, object?>> values && values.FirstOrDefault(value => value.Key == "Check").Value is string check)
        {
            FailedChecks.Enqueue(check);
        }
    }

    public void Dispose()
    {
    }
}
