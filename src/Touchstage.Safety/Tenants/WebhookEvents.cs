using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>What webhooks can be told of.</summary>
internal static class WebhookEvents
{
    /// <summary>Every event, in the order of an approval's life.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "approval.pending", "approval.revised", "approval.escalated", "approval.claimed", "approval.commented", "approval.approved", "approval.rejected", "approval.expired",
        "approval.withdrawn", "approval.refused", "approval.succeeded", "approval.failed", "approval.unknown",
    ];

    /// <summary>What asks for a person, and what ended without one or badly.</summary>
    public static readonly ImmutableArray<string> Usual =
        ["approval.pending", "approval.revised", "approval.escalated", "approval.expired", "approval.failed", "approval.unknown"];
}
