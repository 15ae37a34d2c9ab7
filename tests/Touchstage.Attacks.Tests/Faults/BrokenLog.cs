using Microsoft.Extensions.Logging;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>A log whose disk is full when a certain thing is said: code that breaks at a place where nobody expects it.</summary>
internal sealed class BrokenLog(string at) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).Contains(at, StringComparison.Ordinal))
        {
            throw new IOException("No space left on device.");
        }
    }

    public void Dispose()
    {
    }
}
