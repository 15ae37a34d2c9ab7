using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <inheritdoc/>
internal sealed class TenantKeyRotation(Store store, TenantKeys keys, TenantSeal seal, LedgerWriter ledger, SigningKeys signing, IKeyRing ring) : ITenantKeyAdministration
{
    /// <inheritdoc/>
    public async Task<int> RotateRingAsync(CancellationToken cancellation)
    {
        ring.CreateKey();
        var wrapped = await signing.ResealAsync(cancellation);
        foreach (var tenant in await TenantsAsync(cancellation))
        {
            wrapped += await store.WriteAsync(scope => RewrapAsync(scope, tenant), cancellation);
        }

        return wrapped;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RotatedTenant>> RotateDataAsync(CancellationToken cancellation)
    {
        var (rotated, began) = (new List<RotatedTenant>(), store.Now);
        ring.Prepare();
        foreach (var tenant in await TenantsAsync(cancellation))
        {
            if (await store.WriteAsync(scope => RotateAsync(scope, tenant, began), cancellation) is { } done)
            {
                rotated.Add(done);
            }
        }

        return rotated;
    }

    private async Task<List<TenantId>> TenantsAsync(CancellationToken cancellation) =>
        [.. (await store.ReadAsync(rows => rows.TenantKeys.Select(row => row.Tenant).Distinct().OrderBy(id => id).ToListAsync(cancellation), cancellation)).Select(TenantId.Parse)];

    private async Task<int> RewrapAsync(WriteScope scope, TenantId tenant)
    {
        var rows = await scope.Rows.TenantKeys.Where(row => row.Tenant == tenant.Value).ToListAsync();
        foreach (var row in rows)
        {
            row.Wrapped = keys.Rewrap(tenant, row.Wrapped);
        }

        return rows.Count;
    }

    // Invariant: the new key and everything under it commit together; whoever reads meanwhile reads the old boxes with the old key, and afterwards both are still there.
    private async Task<RotatedTenant?> RotateAsync(WriteScope scope, TenantId tenant, long began)
    {
        var newest = await scope.Rows.TenantKeys.Where(row => row.Tenant == tenant.Value).OrderByDescending(row => row.Generation).FirstOrDefaultAsync();
        if (newest is null || newest.CreatedAt > began)
        {
            // Shredded, or somebody else rotated it since this began.
            return null;
        }

        var (key, wrapped) = keys.Create(tenant, newest.Generation + 1);
        scope.Rows.TenantKeys.Add(new TenantKeyRow { Tenant = tenant.Value, Generation = key.Generation, Wrapped = wrapped, CreatedAt = scope.Now });
        var work = new Resealing(tenant, seal, new TenantSeal(new NewTenantKey(key)));
        foreach (var row in await scope.Rows.Secrets.Where(row => row.Tenant == tenant.Value).ToListAsync())
        {
            row.Box = await work.ResealAsync(row.Connection, row.Box, Secret.PlacesOf(row.Connection));
        }

        foreach (var row in await scope.Rows.AccessTokens.Where(row => row.Tenant == tenant.Value).ToListAsync())
        {
            row.AccessBox = row.AccessBox is { } access ? await work.ResealAsync(row.Connection, access, [AccessBoxes.AccessPlace(row.Connection, row.Fingerprint)]) : null;
            row.RefreshBox = row.RefreshBox is { } refresh ? await work.ResealAsync(row.Connection, refresh, [AccessBoxes.RefreshPlace(row.Connection, row.Fingerprint)]) : null;
        }

        scope.Change(tenant, ChangeKind.Secret, tenant.Value);
        await ledger.AppendAsync(scope, tenant, Entry(tenant, key.Generation, work));
        return new(tenant, key.Generation, work.Resealed, work.Unreadable);
    }

    private static LedgerDraft Entry(TenantId tenant, int generation, Resealing work) => new(
        LedgerKind.TenantKeysRotated,
        tenant.Value,
        CanonicalJson.Of(new JsonObject { ["generation"] = generation, ["resealed"] = work.Resealed, ["unreadable"] = work.Unreadable.Count }),
        null,
        null);

    private sealed class Resealing(TenantId tenant, TenantSeal old, TenantSeal current)
    {
        private readonly List<string> unreadable = [];

        public int Resealed { get; private set; }

        public List<string> Unreadable => unreadable;

        // A box says nothing of the place that it is for, and opens in no other.
        public async Task<byte[]> ResealAsync(string name, byte[] box, IEnumerable<SealedPlace> places)
        {
            foreach (var place in places)
            {
                byte[] opened = [];
                try
                {
                    opened = await old.OpenAsync(tenant, place, box, CancellationToken.None);
                    var anew = await current.SealAsync(tenant, place, opened, CancellationToken.None);
                    Resealed++;
                    return anew;
                }
                catch (CryptographicException)
                {
                    // Not this place's.
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(opened);
                }
            }

            unreadable.Add(name);
            return box;
        }
    }
}
