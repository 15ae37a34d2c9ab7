using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes deliveries due now; the running server sends them.</summary>
internal sealed class WebhooksRetryVerb() : WebhooksVerb("webhooks retry", "Send undelivered messages again: one, or all that were given up.")
{
    protected override async Task<string> AllAsync(IWebhooks webhooks, TenantId id, CancellationToken cancellation) =>
        $"{await webhooks.RetryDeadAsync(id, cancellation)} are due now; the running server sends them.";

    protected override async Task<Result<string>> OneAsync(IWebhooks webhooks, TenantId id, string message, CancellationToken cancellation) =>
        (await webhooks.RetryAsync(id, message, cancellation)).TryGet(out _, out var refusal) ? $"{message} is due now; the running server sends it." : refusal;
}
