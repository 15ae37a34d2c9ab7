using System.Text;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>The only reader of webhooks' secrets. It cannot open a connection's: that is sealed for another room.</summary>
internal sealed class WebhookVault(SealedSecrets secrets)
{
    /// <summary>The webhook's secret, or why there is none.</summary>
    public Task<Result<WebhookSecret>> OpenAsync(TenantId tenant, Webhook webhook, CancellationToken cancellation) => secrets.OpenAsync(
        tenant,
        webhook.SecretName,
        WebhookSecret.PlaceOf(webhook.Name),
        // What was good under an earlier manifest may not be under this one: another format, another address.
        bytes => WebhookSecret.TryRead(webhook, Encoding.UTF8.GetString(bytes.Span), out var secret, out _) ? secret : null,
        fault => fault is SecretFault.Missing ? CredentialRefusals.MissingOf(webhook) : CredentialRefusals.UnfitFor(webhook),
        cancellation);
}
