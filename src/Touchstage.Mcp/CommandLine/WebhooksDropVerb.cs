using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Removes undelivered messages.</summary>
internal sealed class WebhooksDropVerb() : WebhooksVerb("webhooks drop", "Remove undelivered messages: one, or all that were given up.")
{
    protected override async Task<string> AllAsync(IWebhooks webhooks, TenantId id, CancellationToken cancellation) => $"{await webhooks.DropDeadAsync(id, cancellation)} are removed.";

    protected override async Task<Result<string>> OneAsync(IWebhooks webhooks, TenantId id, string message, CancellationToken cancellation) =>
        (await webhooks.DropAsync(id, message, cancellation)).TryGet(out var dropped, out var refusal)
            ? $"{dropped.Id} ({dropped.Event} of {dropped.ApprovalId} to {dropped.Webhook}) is removed."
            : refusal;
}
