using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists what a tenant's webhooks have not taken.</summary>
internal sealed class WebhooksListVerb() : OfTenantVerb("webhooks list", "List what a tenant's webhooks have not taken.")
{
    private const int MaxListed = 200;

    protected override async Task<bool> ListAsync(IServiceProvider services, TenantId id, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        DeliverySheet.Write(await services.GetRequiredService<IWebhooks>().ListAsync(id, MaxListed, cancellation), asJson, terminal);
        return true;
    }
}
