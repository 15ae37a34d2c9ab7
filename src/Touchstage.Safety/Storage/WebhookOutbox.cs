using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Storage;

/// <summary>Deliveries to webhooks: claimed, settled, purged. They are written by <see cref="ApprovalEvents"/>.</summary>
internal sealed class WebhookOutbox(Store store) : IWebhookOutbox
{
    private const int PurgedAtOnce = 500;

    public async Task<IReadOnlyList<TenantId>> DueTenantsAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var at = now.ToMicros();
        var due = await store.ReadAsync(rows => rows.Deliveries.Where(row => row.DueAt <= at).Select(row => row.Tenant).Distinct().ToListAsync(cancellation), cancellation);
        return [.. due.Select(TenantId.Parse)];
    }

    public async Task<IReadOnlyList<Delivery>> ClaimAsync(TenantId tenant, DateTimeOffset now, DateTimeOffset until, int take, CancellationToken cancellation)
    {
        var at = now.ToMicros();
        var claimed = await store.WriteAsync(
            async scope =>
            {
                var due = await scope.Rows.Deliveries
                    .Where(row => row.Tenant == tenant.Value && row.DueAt <= at)
                    .OrderBy(row => row.DueAt)
                    .ThenBy(row => row.Id)
                    .Take(take)
                    .ToListAsync();
                foreach (var row in due)
                {
                    (row.DueAt, row.Tries) = (until.ToMicros(), row.Tries + 1);
                }

                return due;
            },
            cancellation);
        return [.. claimed.Select(row => new Delivery(tenant, row.Id, row.Webhook, row.Payload, row.Tries))];
    }

    public Task SettleAsync(Delivery delivery, DeliveryResult result, DateTimeOffset? dueAt) => store.WriteSurelyAsync(async scope =>
    {
        if (await scope.Rows.Deliveries.FindAsync(delivery.Tenant.Value, delivery.Id) is { } row && Counts(row, delivery, result))
        {
            row.State = DeliveryNames.Of(result.State);
            (row.DueAt, row.LastError, row.SettledAt) = (dueAt?.ToMicros(), result.Error, result.State is DeliveryState.Pending ? null : scope.Now);
        }

        return result;
    });

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var (limit, delivered) = (before.ToMicros(), DeliveryNames.Of(DeliveryState.Delivered));
        var tenants = await store.ReadAsync(rows => rows.Tenants.Select(row => row.Id).ToListAsync(cancellation), cancellation);
        var purged = 0;
        foreach (var tenant in tenants)
        {
            // Bounded, so that nobody's write waits long behind it.
            for (var removed = PurgedAtOnce; removed == PurgedAtOnce; purged += removed)
            {
                removed = (await store.WriteAsync(
                    async scope =>
                    {
                        var old = await scope.Rows.Deliveries
                            .Where(row => row.Tenant == tenant && row.State == delivered && row.CreatedAt < limit)
                            .OrderBy(row => row.CreatedAt)
                            .Take(PurgedAtOnce)
                            .ToListAsync();
                        scope.Rows.Deliveries.RemoveRange(old);
                        return old;
                    },
                    cancellation)).Count;
            }
        }

        return purged;
    }

    // A try that comes back late, after its claim ran out and another was begun, has a say only if it got through.
    private static bool Counts(DeliveryRow row, Delivery delivery, DeliveryResult result) => result.State is DeliveryState.Delivered
        ? row.State != DeliveryNames.Of(DeliveryState.Delivered)
        : row.State == DeliveryNames.Of(DeliveryState.Pending) && row.Tries == delivery.Tries;
}
