using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Webhooks;

/// <summary>
/// Sends what is due: at once when something changes, and by a sweep. Any number of servers may do it on one store: each claims what it sends. A receiver that is slow or down costs its own
/// tenant's share of the room and nobody else's.
/// </summary>
internal sealed partial class DeliveryWorker(IWebhookOutbox outbox, WebhookSender sender, IChangeFeed changes, TimeProvider time, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private const int MaxAtOnce = 32;
    private const int MaxOfATenant = 4;

    // Well past a try's own time-out, so that a claim runs out only if its server is gone.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepDelivered = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, (TenantId Tenant, Task Work)> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TenantId, long> served = new();
    private readonly ChangeAlarm alarm = new(changes, time, SweepEvery, "approval", "webhook", "tenant", "secret");
    private DateTimeOffset purged;
    private long turns;

    /// <summary>Starts everything that is due now and for which there is room.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // Whoever has least under way and was served longest ago comes first, so a long queue never stands before a short one.
        foreach (var tenant in (await outbox.DueTenantsAsync(now, cancellation)).OrderBy(Running).ThenBy(tenant => served.GetValueOrDefault(tenant)))
        {
            var room = Math.Min(MaxOfATenant - Running(tenant), MaxAtOnce - running.Count);
            if (room <= 0)
            {
                continue;
            }

            served[tenant] = ++turns;
            foreach (var delivery in await outbox.ClaimAsync(tenant, now, now + Lease, room, cancellation))
            {
                Start(delivery, cancellation);
            }
        }

        if (now - purged >= PurgeEvery)
        {
            purged = now;
            await outbox.PurgeAsync(now - KeepDelivered, cancellation);
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

    private int Running(TenantId tenant) => running.Values.Count(r => r.Tenant == tenant);

    private void Start(Delivery delivery, CancellationToken cancellation)
    {
        var task = new Task<Task>(() => DeliverAsync(delivery, cancellation));
        if (running.TryAdd(delivery.Id, (delivery.Tenant, task.Unwrap())))
        {
            task.Start(TaskScheduler.Default);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "One delivery that breaks must not stop the others; its claim runs out and it is tried again.")]
    private async Task DeliverAsync(Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            if (await sender.SendAsync(delivery, cancellation) is { } result)
            {
                await SettleAsync(delivery, result);
            }
        }
        catch (Exception exception)
        {
            LogBroken(delivery.Id, delivery.Tenant, exception.GetType().Name);
        }
        finally
        {
            running.TryRemove(delivery.Id, out _);
            alarm.Ring();
        }
    }

    private async Task SettleAsync(Delivery delivery, DeliveryResult result)
    {
        var wait = result.State is DeliveryState.Pending ? DeliverySchedule.After(delivery.Tries) : null;
        var settled = result.State is DeliveryState.Pending && wait is null ? DeliveryResult.GiveUp($"{result.Error} It was tried {delivery.Tries} times.") : result;
        await outbox.SettleAsync(delivery, settled, time.GetUtcNow() + wait);
        if (settled.State is DeliveryState.Dead)
        {
            LogDead(delivery.Id, delivery.Tenant, delivery.Webhook, settled.Error);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A store that is down now may be up at the next sweep; deliveries wait meanwhile.")]
    private async Task TrySweepAsync(CancellationToken stopping)
    {
        try
        {
            await SweepAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogSweepFailed(exception.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    [LoggerMessage(5201, LogLevel.Warning, "The delivery {Id} of tenant {Tenant} to webhook {Webhook} was given up: {Error} See touchstage doctor.")]
    private partial void LogDead(string id, TenantId tenant, string webhook, string? error);

    [LoggerMessage(5202, LogLevel.Error, "The delivery {Id} of tenant {Tenant} broke: {Exception}. It is tried again.")]
    private partial void LogBroken(string id, TenantId tenant, string exception);

    [LoggerMessage(5203, LogLevel.Error, "Looking for due deliveries failed: {Exception}. It is tried again.")]
    private partial void LogSweepFailed(string exception);
}
