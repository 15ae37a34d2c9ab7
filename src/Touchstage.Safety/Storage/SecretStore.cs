using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The secrets of connections and webhooks, sealed before they came here.</summary>
internal sealed class SecretStore(Store store, LedgerWriter ledger) : ISecretStore
{
    public Task<SecretWrite> SetAsync(TenantId tenant, string name, ReadOnlyMemory<byte> box, CancellationToken cancellation)
    {
        var kept = box.ToArray();
        return store.WriteAsync(scope => SetAsync(scope, tenant, name, kept), cancellation);
    }

    public Task<byte[]?> FindAsync(TenantId tenant, string name, CancellationToken cancellation) =>
        store.ReadAsync(
            rows => rows.Secrets.Where(row => row.Tenant == tenant.Value && row.Connection == name && rows.Tenants.Any(owner => owner.Id == row.Tenant && owner.DeletedAt == null)).Select(row => row.Box).SingleOrDefaultAsync(cancellation), cancellation);

    public async Task<IReadOnlyList<string>> NamesAsync(TenantId tenant, CancellationToken cancellation) =>
        await store.ReadAsync(rows => rows.Secrets.Where(row => row.Tenant == tenant.Value).Select(row => row.Connection).ToListAsync(cancellation), cancellation);

    public Task<bool> RemoveAsync(TenantId tenant, string name, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            if (await scope.Rows.Secrets.FindAsync(tenant.Value, name) is not { } secret)
            {
                return false;
            }

            scope.Rows.Secrets.Remove(secret);
            scope.Change(tenant, ChangeKind.Secret, name);
            await ledger.AppendAsync(scope, tenant, new(LedgerKind.SecretRemoved, name, CanonicalJson.Of(new JsonObject()), null, null));
            return true;
        },
        cancellation);

    public async Task<IReadOnlyList<StoredSecret>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var found = await store.ReadAsync(rows => rows.Secrets.Where(row => row.Tenant == tenant.Value).OrderBy(row => row.Connection).ToListAsync(cancellation), cancellation);
        return [.. found.Select(row => new StoredSecret(row.Connection, row.Box, StoreTime.FromMicros(row.SetAt)))];
    }

    private async Task<SecretWrite> SetAsync(WriteScope scope, TenantId tenant, string name, byte[] box)
    {
        if (!await scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt == null))
        {
            return SecretWrite.NoSuchTenant;
        }

        var secret = await scope.Rows.Secrets.FindAsync(tenant.Value, name);
        if (secret is null)
        {
            scope.Rows.Secrets.Add(new SecretRow { Tenant = tenant.Value, Connection = name, Box = box, SetAt = scope.Now });
        }
        else
        {
            (secret.Box, secret.SetAt) = (box, scope.Now);
        }

        scope.Change(tenant, ChangeKind.Secret, name);
        await ledger.AppendAsync(scope, tenant, new(LedgerKind.SecretSet, name, CanonicalJson.Of(new JsonObject { ["replaced"] = secret is not null }), null, null));
        return SecretWrite.Written;
    }
}
