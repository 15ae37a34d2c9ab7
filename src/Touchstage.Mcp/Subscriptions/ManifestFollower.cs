using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>
/// Follows the folder of the manifests. What is saved there is in force a moment later if nothing at all is wrong with it, and clients are told that their tools changed;
/// otherwise the last good version stays in force and the log says what is wrong.
/// </summary>
internal sealed partial class ManifestFollower(IManifests manifests, SubscriptionHub hub, TimeProvider time, ILogger<ManifestFollower> log) : BackgroundService
{
    /// <summary>How often the folder is looked at. Notices of the file system are no use on every volume, and this costs little.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!stoppingToken.IsCancellationRequested && await manifests.RefreshAsync(stoppingToken) is { } report)
                {
                    Tell(report);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                LogBroken(log, broken);
            }
        }
    }

    private void Tell(ManifestReport report)
    {
        if (report.IsLoaded)
        {
            LogLoaded(log, report.Capabilities.Count);
            hub.PublishManifests();
            return;
        }

        LogRefused(log, report.Problems.Count);
        foreach (var problem in report.Problems)
        {
            LogProblem(log, problem.File, problem.Line, problem.Message, problem.Fix);
        }
    }

    [LoggerMessage(3501, LogLevel.Information, "The manifests changed; {Count} capabilities are in force now")]
    private static partial void LogLoaded(ILogger logger, int count);

    [LoggerMessage(3502, LogLevel.Error, "The manifests changed and have {Count} problems; the last good version stays in force. Mend them: the folder is read again when it changes")]
    private static partial void LogRefused(ILogger logger, int count);

    [LoggerMessage(3503, LogLevel.Error, "{File}:{Line}: {Message} Fix: {Fix}")]
    private static partial void LogProblem(ILogger logger, string file, int line, string message, string fix);

    [LoggerMessage(3504, LogLevel.Warning, "The changed manifests could not be put in force; trying again")]
    private static partial void LogBroken(ILogger logger, Exception broken);
}
