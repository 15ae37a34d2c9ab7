using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>The only reader of webhooks' secrets. It cannot open a connection's: that is sealed for another room.</summary>
internal sealed class WebhookVault(ISecretStore store, TenantSeal seal)
{
    /// <summary>The webhook's secret, or why there is none.</summary>
    public async Task<Result<WebhookSecret>> OpenAsync(TenantId tenant, Webhook webhook, CancellationToken cancellation)
    {
        if (await store.FindAsync(tenant, webhook.SecretName, cancellation) is not { } box)
        {
            return CredentialRefusals.MissingOf(webhook);
        }

        byte[] opened = [];
        try
        {
            opened = await seal.OpenAsync(tenant, WebhookSecret.PlaceOf(webhook.Name), box, cancellation);
            // What was good under an earlier manifest may not be under this one: another format, another address.
            return WebhookSecret.TryRead(webhook, Encoding.UTF8.GetString(opened), out var secret, out _) ? secret : CredentialRefusals.UnfitFor(webhook);
        }
        catch (CryptographicException)
        {
            return CredentialRefusals.UnfitFor(webhook);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }
    }
}
