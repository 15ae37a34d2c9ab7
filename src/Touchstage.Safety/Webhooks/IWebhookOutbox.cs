using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Webhooks;

/// <summary>Where deliveries wait. They are written in the transaction of what they tell, so none is lost and none tells what did not happen.</summary>
internal interface IWebhookOutbox
{
    /// <summary>The tenants that have something to be sent now.</summary>
    Task<IReadOnlyList<TenantId>> DueTenantsAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Claims the tenant's oldest due deliveries and counts a try of each, in one transaction: until <paramref name="until"/> no other server gets them. If this one never
    /// settles them, they are due again then.
    /// </summary>
    Task<IReadOnlyList<Delivery>> ClaimAsync(TenantId tenant, DateTimeOffset now, DateTimeOffset until, int take, CancellationToken cancellation);

    /// <summary>
    /// Writes what a try came to. What was delivered stays delivered; anything else counts only if no later try was begun. <paramref name="dueAt"/> is when to try again.
    /// </summary>
    Task SettleAsync(Delivery delivery, DeliveryResult result, DateTimeOffset? dueAt);

    /// <summary>Removes what was delivered and is older, and says how many.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation);
}
