using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Storage;

/// <summary>Tells what happened to an approval, in the transaction in which it happens.</summary>
internal static class ApprovalEvents
{
    /// <summary>Raises one event: whoever follows the change feed hears that the approval is another now, and the tenant's webhooks that ask for it get a delivery each.</summary>
    /// <param name="scope">The command's transaction.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="approval">The approval as it is now.</param>
    /// <param name="name">What happened: one of <see cref="ApprovalEvent"/>.</param>
    public static async Task RaiseAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        scope.Change(tenant, ChangeKind.Approval, approval.Id);
        var webhooks = await WebhooksAsync(scope, tenant, approval, name);
        if (webhooks.Count == 0)
        {
            return;
        }

        var payload = WebhookPayload.Of(await NewsAsync(scope, approval, name));
        foreach (var webhook in webhooks)
        {
            scope.Rows.Deliveries.Add(new DeliveryRow
            {
                Tenant = tenant.Value,
                Id = scope.NextId("whm"),
                Webhook = webhook.Name,
                Event = name,
                ApprovalId = approval.Id,
                Payload = payload,
                State = DeliveryNames.Of(DeliveryState.Pending),
                CreatedAt = scope.Now,
                DueAt = scope.Now,
            });
        }
    }

    private static async Task<IReadOnlyList<Webhook>> WebhooksAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, string name) =>
        await scope.Rows.Tenants.FindAsync(tenant.Value) is { DeletedAt: null } row ? [.. TenantDocument.ReadWebhooks(row.Manifest).Values.Where(w => w.Wants(name, approval.Capability))] : [];

    // What was added in this very transaction counts, so the rows come by key, which sees them, or are joined with the ones added here.
    private static async Task<ApprovalNews> NewsAsync(WriteScope scope, ApprovalRow approval, string name)
    {
        var revision = await scope.Rows.Revisions.FindAsync(approval.Tenant, approval.Id, approval.Revision)
            ?? throw new StoreException(StoreException.Corrupt, "An approval has no revision.");
        return new(
            name,
            StoreTime.FromMicros(scope.Now),
            approval.Tenant,
            approval.Id,
            approval.State.ToString().ToLowerInvariant(),
            approval.Capability,
            revision.Summary,
            approval.RequesterSubject,
            StoredList.Read(approval.ApproverRoles),
            approval.Quorum,
            approval.Revision,
            StoreTime.FromMicros(approval.ExpiresAt),
            name is ApprovalEvent.Approved or ApprovalEvent.Rejected ? await DecidersAsync(scope.Rows, approval) : [],
            DecisionTags.NameOf(approval.ClosingTag));
    }

    private static async Task<ImmutableArray<string>> DecidersAsync(StoreContext rows, ApprovalRow approval)
    {
        var decided = approval.State is ApprovalState.Approved ? VoteDecision.Approve : VoteDecision.Reject;
        var stored = await rows.Votes
            .Where(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id && row.Revision == approval.Revision && row.Decision == decided)
            .OrderBy(row => row.Number)
            .ToListAsync();
        var added = rows.Votes.Local.Where(row => row.ApprovalId == approval.Id && row.Revision == approval.Revision && row.Decision == decided);
        return [.. stored.Concat(added).Select(row => row.VoterSubject).Distinct(StringComparer.Ordinal)];
    }
}
