using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Storage;

/// <inheritdoc/>
internal sealed class DeliveryAdministration(Store store) : IWebhooks
{
    private const string Dead = "dead";
    private const string Pending = "pending";

    /// <inheritdoc/>
    public Task<DeliveryList> ListAsync(TenantId tenant, int take, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, 1_000);
        return store.ReadAsync(
            async rows =>
            {
                var dead = await Oldest(rows, tenant, Dead).Take(take).ToListAsync(cancellation);
                var pending = await Oldest(rows, tenant, Pending).Take(take).ToListAsync(cancellation);
                return new DeliveryList(
                    [.. dead.Concat(pending).Take(take).Select(View)],
                    await Oldest(rows, tenant, Dead).CountAsync(cancellation),
                    await Oldest(rows, tenant, Pending).CountAsync(cancellation));
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<Result<DeliveryView>> RetryAsync(TenantId tenant, string id, CancellationToken cancellation) => ChangeAsync(tenant, id, Revive, View, cancellation);

    /// <inheritdoc/>
    public Task<int> RetryDeadAsync(TenantId tenant, CancellationToken cancellation) => ChangeDeadAsync(
        tenant,
        static (dead, now) => dead.ExecuteUpdateAsync(row => row
            .SetProperty(delivery => delivery.State, Pending)
            .SetProperty(delivery => delivery.Tries, 0)
            .SetProperty(delivery => delivery.DueAt, now)
            .SetProperty(delivery => delivery.SettledAt, (long?)null)),
        cancellation);

    /// <inheritdoc/>
    public Task<Result<DeliveryView>> DropAsync(TenantId tenant, string id, CancellationToken cancellation) =>
        ChangeAsync(tenant, id, static (scope, row) => scope.Rows.Deliveries.Remove(row), View, cancellation);

    /// <inheritdoc/>
    public Task<int> DropDeadAsync(TenantId tenant, CancellationToken cancellation) => ChangeDeadAsync(tenant, static (dead, _) => dead.ExecuteDeleteAsync(), cancellation);

    // There can be very many, so none of them is read.
    private Task<int> ChangeDeadAsync(TenantId tenant, Func<IQueryable<DeliveryRow>, long, Task<int>> change, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            var changed = await change(scope.Rows.Deliveries.Where(row => row.Tenant == tenant.Value && row.State == Dead), scope.Now);
            if (changed > 0)
            {
                scope.Change(tenant, ChangeKind.Webhook, tenant.Value);
            }

            return changed;
        },
        cancellation);

    private Task<Result<DeliveryView>> ChangeAsync(
        TenantId tenant, string id, Action<WriteScope, DeliveryRow> change, Func<DeliveryRow, DeliveryView> view, CancellationToken cancellation) => store.WriteAsync<Result<DeliveryView>>(
        async scope =>
        {
            if (await scope.Rows.Deliveries.FindAsync(tenant.Value, id) is not { State: Dead or Pending } row)
            {
                return WebhookRefusals.Unknown();
            }

            change(scope, row);
            scope.Change(tenant, ChangeKind.Webhook, id);
            return view(row);
        },
        cancellation);

    private static void Revive(WriteScope scope, DeliveryRow row)
    {
        (row.Tries, row.SettledAt) = row.State == Dead ? (0, null) : (row.Tries, row.SettledAt);
        (row.State, row.DueAt) = (Pending, scope.Now);
    }

    private static IQueryable<DeliveryRow> Oldest(StoreContext rows, TenantId tenant, string state) =>
        rows.Deliveries.Where(row => row.Tenant == tenant.Value && row.State == state).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);

    private static DeliveryView View(DeliveryRow row) => new(
        row.Id,
        row.Webhook,
        row.Event,
        row.ApprovalId,
        DeliveryNames.Read(row.State),
        row.Tries,
        StoreTime.FromMicros(row.CreatedAt),
        row.DueAt is { } due ? StoreTime.FromMicros(due) : null,
        row.LastError);
}
