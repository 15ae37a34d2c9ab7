using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Webhooks;

/// <summary>A claimed delivery: this server alone sends it until the claim runs out.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The message's id, the same at every try: a receiver that has seen it knows.</param>
/// <param name="Webhook">The webhook's name.</param>
/// <param name="Payload">The message as it was fixed when the event happened.</param>
/// <param name="Tries">How often it was tried, this time included.</param>
internal sealed record Delivery(TenantId Tenant, string Id, string Webhook, ReadOnlyMemory<byte> Payload, int Tries);
