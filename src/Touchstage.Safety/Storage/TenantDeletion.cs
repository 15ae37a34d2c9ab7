using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Storage;

/// <summary>Deletes a tenant, inside a command's transaction. Its row stays, so that its name is never given again; so does its ledger.</summary>
internal sealed class TenantDeletion(WriteScope scope, TenantId tenant, LedgerWriter ledger)
{
    // As a manifest that says nothing; TenantDocument reads it.
    private const string Nothing = """{"capabilities":[],"connections":{},"name":"","policy":[],"settings":{},"webhooks":{}}""";

    private StoreContext Rows => scope.Rows;

    public async Task<DeletedTenant?> RunAsync(bool shred)
    {
        if (await Rows.Tenants.FindAsync(tenant.Value) is not { } row)
        {
            return null;
        }

        var isNew = row.DeletedAt is null;
        // First of all: from here on nothing that happens to it is told to its webhooks.
        row.DeletedAt ??= scope.Now;
        var (sessions, approvals) = (await RevokeAsync(), await WithdrawAsync());
        await StopAsync();
        var inFlight = await Rows.Steps.CountAsync(step => step.Tenant == tenant.Value && step.Status == StepStatus.InFlight);
        if (isNew)
        {
            await ledger.AppendAsync(scope, tenant, Entry(LedgerKind.TenantDeleted, new() { ["sessions"] = sessions, ["approvals"] = approvals, ["in_flight"] = inFlight }));
        }

        if (shred && await Rows.TenantKeys.AnyAsync(key => key.Tenant == tenant.Value))
        {
            await ShredAsync(row);
        }

        scope.Change(tenant, ChangeKind.Tenant, tenant.Value);
        return new(tenant, sessions, approvals, inFlight, shred, false);
    }

    private async Task<int> RevokeAsync()
    {
        var sessions = await Rows.Sessions.Where(session => session.Tenant == tenant.Value && session.RevokedAt == null).ToListAsync();
        foreach (var session in sessions)
        {
            session.RevokedAt = scope.Now;
            scope.Change(tenant, ChangeKind.Session, session.Id);
        }

        foreach (var client in await Rows.IntrospectionClients.Where(client => client.Tenant == tenant.Value && client.RevokedAt == null).ToListAsync())
        {
            client.RevokedAt = scope.Now;
        }

        return sessions.Count;
    }

    private async Task<int> WithdrawAsync()
    {
        var waiting = await Rows.Approvals
            .Where(row => row.Tenant == tenant.Value && (row.State == ApprovalState.Pending || row.State == ApprovalState.Approved))
            .OrderBy(row => row.Id)
            .ToListAsync();
        foreach (var approval in waiting)
        {
            (approval.State, approval.ClosedAt) = (ApprovalState.Withdrawn, scope.Now);
            (approval.ClosingCode, approval.ClosingReason) = (ApprovalRefusals.Withdrawn.Value, "The tenant was deleted.");
            await PendingRoles.KeepAsync(Rows, approval, scope.Now);
            scope.Change(tenant, ChangeKind.Approval, approval.Id);
            await ledger.AppendAsync(
                scope, tenant, new(LedgerKind.ApprovalClosed, approval.Id, CanonicalJson.Of(new JsonObject { ["state"] = "withdrawn", ["code"] = ApprovalRefusals.Withdrawn.Value, ["revision"] = approval.Revision }), null, null));
        }

        return waiting.Count;
    }

    private async Task StopAsync()
    {
        var pending = DeliveryNames.Of(DeliveryState.Pending);
        foreach (var delivery in await Rows.Deliveries.Where(row => row.Tenant == tenant.Value && row.State == pending).ToListAsync())
        {
            (delivery.State, delivery.DueAt, delivery.SettledAt) = (DeliveryNames.Of(DeliveryState.Dead), null, scope.Now);
        }

        // Nobody looks for evidence with a credential that is not given out any more.
        foreach (var step in await Rows.Steps.Where(step => step.Tenant == tenant.Value && step.VerifyAt != null).ToListAsync())
        {
            step.VerifyAt = null;
        }

        Rows.AccessTokens.RemoveRange(await Rows.AccessTokens.Where(row => row.Tenant == tenant.Value).ToListAsync());
    }

    private async Task ShredAsync(TenantRow row)
    {
        await ledger.AppendAsync(scope, tenant, Entry(LedgerKind.TenantShredded, []));
        Rows.TenantKeys.RemoveRange(await Rows.TenantKeys.Where(key => key.Tenant == tenant.Value).ToListAsync());
        Rows.Secrets.RemoveRange(await Rows.Secrets.Where(secret => secret.Tenant == tenant.Value).ToListAsync());
        Rows.Deliveries.RemoveRange(await Rows.Deliveries.Where(delivery => delivery.Tenant == tenant.Value).ToListAsync());
        (row.Manifest, row.Digest) = (Nothing, "");
    }

    private LedgerDraft Entry(string kind, JsonObject body) => new(kind, tenant.Value, CanonicalJson.Of(body), null, null);
}
