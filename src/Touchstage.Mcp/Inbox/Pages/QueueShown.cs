using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>A page of the queue, and by what it was filtered.</summary>
/// <param name="Queue">What waits.</param>
/// <param name="Query">What was asked for.</param>
internal sealed record QueueShown(ApprovalQueue Queue, QueueQuery Query)
{
    /// <summary>Whether anything narrows it.</summary>
    public bool IsFiltered => Query.Capability is not null || Query.Requester is not null || Query.OnlyUnclaimed;

    /// <summary>How many wait, in words.</summary>
    public string Count => Queue.IsMore ? "more than 1,000 waiting" : $"{Queue.Count} waiting";

    /// <summary>The capabilities to propose as a filter.</summary>
    public ImmutableArray<string> Capabilities => [.. Queue.Items.Select(item => item.Capability).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The address of a page under the same filter.</summary>
    public string AddressOf(string? after)
    {
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["capability"] = Query.Capability,
            ["requester"] = Query.Requester,
            ["unclaimed"] = Query.OnlyUnclaimed ? "1" : null,
            ["after"] = after,
        };
        return QueryHelpers.AddQueryString("/inbox", parts.Where(part => part.Value is not null));
    }
}
