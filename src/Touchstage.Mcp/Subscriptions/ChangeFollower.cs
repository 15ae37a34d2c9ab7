using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>Follows the change feed, once for the whole process: the only source of what listeners are told.</summary>
internal sealed partial class ChangeFollower(IChangeFeed feed, SubscriptionHub hub, ApprovalWaits waits, TimeProvider time, ILogger<ChangeFollower> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long last;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first client can subscribe, so that no change falls between the two.
        last = await feed.NewestAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in feed.FollowAsync(last, stoppingToken))
                {
                    hub.Publish(change);
                    waits.Note(change);
                    last = change.Number;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                LogBroken(log, last, broken);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "The change feed broke after change {Last}; following it again")]
    private static partial void LogBroken(ILogger logger, long last, Exception broken);
}
