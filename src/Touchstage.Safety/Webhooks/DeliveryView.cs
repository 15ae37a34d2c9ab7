namespace Touchstage.Safety.Webhooks;

/// <summary>A delivery as administration shows it; its content is not shown.</summary>
/// <param name="Id">The message's id, <c>whm_…</c>.</param>
/// <param name="Webhook">The webhook's name in the tenant's manifest.</param>
/// <param name="Event">What it tells, such as <c>approval.pending</c>.</param>
/// <param name="ApprovalId">Of which approval.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="CreatedAt">When the event happened.</param>
/// <param name="DueAt">When it is tried next, or null if never.</param>
/// <param name="LastError">What the last try failed of, or null.</param>
public sealed record DeliveryView(
    string Id, string Webhook, string Event, string ApprovalId, DeliveryState State, int Tries, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, string? LastError);
