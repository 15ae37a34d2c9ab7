using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <summary>
/// Does what is due: executes approved actions, ends expired approvals, marks abandoned steps unknown and looks for what became of them. At once when something changes, and by a sweep, so nothing depends on a
/// signal. Any number of servers may do it on one store: the claim inside <c>record</c> lets one of them win.
/// </summary>
internal sealed partial class DueWorker(
    IDueWork due, IChangeFeed changes, IStepJournal journal, ActionPipeline pipeline, ApprovedActions approved, Settlement settlement, TimeProvider time, ILogger<DueWorker> logger)
    : BackgroundService
{
    private const int MaxAtOnce = 16;
    private const int MaxOfATenant = 6;
    private const int MaxSeen = 512;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    // For how long something that could not be done now is left alone: it is judged anew each time, facts included.
    private static readonly TimeSpan LeaveFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, RunningItem> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> left = new(StringComparer.Ordinal);
    private readonly ChangeAlarm alarm = new(changes, time, SweepEvery, "approval");

    /// <summary>Does everything that is due now, once.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var over in left.Where(l => l.Value <= now))
        {
            left.TryRemove(over);
        }

        foreach (var item in await due.FindAsync(now, MaxSeen, cancellation))
        {
            if (!left.ContainsKey(item.Id) && HasRoom(item))
            {
                Start(item, cancellation);
            }
        }
    }

    /// <summary>Waits for everything that is under way.</summary>
    public Task DrainAsync() => Task.WhenAll(running.Values.Select(r => r.Work));

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DrainAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var follower = alarm.FollowAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await TrySweepAsync(stoppingToken);
            await alarm.WaitAsync(stoppingToken);
        }

        await follower;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A store that is down now may be up at the next sweep; nothing executes meanwhile.")]
    private async Task TrySweepAsync(CancellationToken stopping)
    {
        try
        {
            await SweepAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogFailed("sweep", exception.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    // Expiring and abandoning are short writes; executing and looking wait for an upstream, so no tenant may take all the room.
    private bool HasRoom(DueItem item) =>
        !IsLong(item.Kind) || (running.Values.Count(r => IsLong(r.Kind)) < MaxAtOnce && running.Values.Count(r => r.Tenant == item.Tenant) < MaxOfATenant);

    private static bool IsLong(DueKind kind) => kind is DueKind.Execute or DueKind.Verify;

    // The task removes itself, so an item is never worked on twice at a time in this process.
    private void Start(DueItem item, CancellationToken cancellation)
    {
        var task = new Task<Task>(() => DoAsync(item, cancellation));
        if (running.TryAdd(item.Id, new(item.Tenant, item.Kind, task.Unwrap())))
        {
            task.Start(TaskScheduler.Default);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "One item that cannot be done must not stop the others; it stays due.")]
    private async Task DoAsync(DueItem item, CancellationToken cancellation)
    {
        try
        {
            switch (item.Kind)
            {
                case DueKind.Execute when !await pipeline.RunApprovedAsync(item.Tenant, item.Id, cancellation):
                    left[item.Id] = time.GetUtcNow() + LeaveFor;
                    break;
                case DueKind.Escalate:
                    await approved.EscalateAsync(item.Tenant, item.Id, cancellation);
                    break;
                case DueKind.Expire:
                    await approved.ExpireAsync(item.Tenant, item.Id, cancellation);
                    break;
                case DueKind.Abandon when await journal.FindAsync(item.Tenant, item.Id, cancellation) is { } step:
                    await settlement.AbandonAsync(step, cancellation);
                    break;
                case DueKind.Verify:
                    await pipeline.VerifyAsync(item.Tenant, item.Id, cancellation);
                    break;
            }
        }
        catch (Exception exception)
        {
            LogFailed(item.Kind.ToString(), exception.GetType().Name);
            left[item.Id] = time.GetUtcNow() + LeaveFor;
        }
        finally
        {
            running.TryRemove(item.Id, out _);
        }
    }

    [LoggerMessage(10, LogLevel.Error, "Due work failed ({What}): {Exception}. It stays due.")]
    private partial void LogFailed(string what, string exception);
}
