using Microsoft.Extensions.Logging;

namespace Planted;

internal sealed class First
{
    [LoggerMessage(7, LogLevel.Information, "Started.")]
    public static void Started()
    {
    }

    [LoggerMessage(EventId = 8, Level = LogLevel.Information, Message = "Started again.")]
    public static void StartedAgain()
    {
    }
}

internal sealed class Second
{
    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "Stopped.")]
    public static void Stopped()
    {
    }

    [LoggerMessage(LogLevel.Information, "Started as well.")]
    public static void AlsoStarted()
    {
    }
}
