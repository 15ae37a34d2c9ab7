using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Webhooks;

/// <summary>Administers what could not be delivered. For the operator: no session can reach it.</summary>
public interface IWebhooks
{
    /// <summary>What has not been delivered.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="take">How many at most, 1 to 1,000.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<DeliveryList> ListAsync(TenantId tenant, int take, CancellationToken cancellation);

    /// <summary>Makes a delivery that is dead or waits due now. A dead one starts its schedule anew.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The message's id, <c>whm_…</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The delivery as it is now, or a refusal with code <c>unknown_delivery</c>.</returns>
    Task<Result<DeliveryView>> RetryAsync(TenantId tenant, string id, CancellationToken cancellation);

    /// <summary>Makes every dead delivery of a tenant due now.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many.</returns>
    Task<int> RetryDeadAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Removes a delivery that is dead or waits. A try that is under way may still arrive.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The message's id, <c>whm_…</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The delivery as it was, or a refusal with code <c>unknown_delivery</c>.</returns>
    Task<Result<DeliveryView>> DropAsync(TenantId tenant, string id, CancellationToken cancellation);

    /// <summary>Removes every dead delivery of a tenant.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many.</returns>
    Task<int> DropDeadAsync(TenantId tenant, CancellationToken cancellation);
}
