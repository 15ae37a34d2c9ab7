using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Tenants, each with its data key.</summary>
internal sealed class TenantStore(Store store, StoreFile file, TenantKeys keys, LedgerWriter ledger) : ITenantStore
{
    public Task<TenantWrite> ApplyAsync(TenantId id, Tenant tenant, CancellationToken cancellation)
    {
        if (tenant.Id != id)
        {
            throw new ArgumentException("The manifest is another tenant's.", nameof(tenant));
        }

        var document = TenantDocument.Write(tenant);
        keys.Prepare();
        return store.WriteAsync(scope => ApplyAsync(scope, tenant, document), cancellation);
    }

    public async Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellation)
    {
        var row = await store.ReadAsync(rows => rows.Tenants.SingleOrDefaultAsync(row => row.Id == id.Value && row.DeletedAt == null, cancellation), cancellation);
        return row is null ? null : TenantDocument.Read(row.Id, row.Manifest, row.Digest);
    }

    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation)
    {
        var found = await store.ReadAsync(rows => rows.Tenants.Where(row => row.DeletedAt == null).OrderBy(row => row.Id).ToListAsync(cancellation), cancellation);
        return [.. found.Select(row => TenantDocument.Read(row.Id, row.Manifest, row.Digest))];
    }

    public async Task<DeletedTenant?> DeleteAsync(TenantId id, bool shred, CancellationToken cancellation)
    {
        var deleted = await store.WriteAsync(scope => new TenantDeletion(scope, id, ledger).RunAsync(shred), cancellation);
        return deleted is { IsShredded: true } ? deleted with { IsErased = await file.EraseAsync(cancellation) } : deleted;
    }

    public Task<TenantLife> LifeAsync(TenantId id, CancellationToken cancellation) => store.ReadAsync(
        async rows => await rows.Tenants.SingleOrDefaultAsync(row => row.Id == id.Value, cancellation) is not { } row ? TenantLife.None
            : row.DeletedAt is null ? TenantLife.Live
            : await rows.TenantKeys.AnyAsync(key => key.Tenant == id.Value, cancellation) ? TenantLife.Deleted
            : TenantLife.Shredded,
        cancellation);

    private async Task<TenantWrite> ApplyAsync(WriteScope scope, Tenant tenant, CanonicalJson document)
    {
        var row = await scope.Rows.Tenants.FindAsync(tenant.Id.Value);
        if (row?.DeletedAt is not null)
        {
            return TenantWrite.Deleted;
        }

        if (row is not null && row.Digest == tenant.Digest && row.Manifest == document.Text)
        {
            return TenantWrite.Unchanged;
        }

        scope.Change(tenant.Id, ChangeKind.Tenant, tenant.Id.Value);
        if (row is null)
        {
            await CreateAsync(scope, tenant, document);
            return TenantWrite.Created;
        }

        (row.Manifest, row.Digest, row.AppliedAt) = (document.Text, tenant.Digest, scope.Now);
        await ledger.AppendAsync(scope, tenant.Id, Entry(tenant, document));
        return TenantWrite.Updated;
    }

    // Invariant: a tenant and its data key commit together; there is never one without the other.
    private async Task CreateAsync(WriteScope scope, Tenant tenant, CanonicalJson document)
    {
        var (key, wrapped) = keys.Create(tenant.Id, TenantKey.First);
        scope.Rows.Tenants.Add(new TenantRow { Id = tenant.Id.Value, Manifest = document.Text, Digest = tenant.Digest, AppliedAt = scope.Now });
        scope.Rows.TenantKeys.Add(new TenantKeyRow { Tenant = tenant.Id.Value, Generation = key.Generation, Wrapped = wrapped, CreatedAt = scope.Now });
        await LedgerWriter.AppendAsync(scope, tenant.Id, Entry(tenant, document), new TenantSeal(new NewTenantKey(key)));
    }

    // The settings in force at any time are what a later simulation judges with, so the whole manifest is the sealed payload.
    private static LedgerDraft Entry(Tenant tenant, CanonicalJson document) => new(
        LedgerKind.TenantApplied,
        tenant.Id.Value,
        CanonicalJson.Of(new JsonObject
        {
            ["digest"] = tenant.Digest,
            ["capabilities"] = new JsonArray([.. tenant.Capabilities.Select(name => JsonValue.Create(name))]),
            ["connections"] = new JsonArray([.. tenant.Connections.Keys.Select(name => JsonValue.Create(name))]),
            ["webhooks"] = new JsonArray([.. tenant.Webhooks.Keys.Select(name => JsonValue.Create(name))]),
        }),
        document,
        null);
}
