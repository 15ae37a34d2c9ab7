using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The ledger's rows.</summary>
internal sealed class LedgerStore(Store store, LedgerWriter writer, TenantSeal seal) : ILedgerStore
{
    private const int PageSize = 256;

    public Task AppendAsync(TenantId tenant, LedgerDraft entry, CancellationToken cancellation) =>
        store.WriteSurelyAsync(async scope =>
        {
            scope.Change(tenant, ChangeKind.Ledger, entry.Subject);
            await writer.AppendAsync(scope, tenant, entry);
            return entry;
        });

    public async IAsyncEnumerable<LedgerEntry> ReadAsync(TenantId tenant, long fromNumber, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = fromNumber;
        while (true)
        {
            var page = await store.ReadAsync(
                rows => rows.Ledger.Where(row => row.Tenant == tenant.Value && row.Number >= from).OrderBy(row => row.Number).Take(PageSize).ToListAsync(cancellation), cancellation);
            foreach (var row in page)
            {
                yield return Entry(row);
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            from = page[^1].Number + 1;
        }
    }

    public async Task<IReadOnlyList<LedgerEntry>> ReadAboutAsync(TenantId tenant, string subject, CancellationToken cancellation)
    {
        var found = await store.ReadAsync(
            rows => rows.Ledger.Where(row => row.Tenant == tenant.Value && row.Subject == subject).OrderBy(row => row.Number).ToListAsync(cancellation), cancellation);
        return [.. found.Select(Entry)];
    }

    public async Task<CanonicalJson?> OpenPayloadAsync(TenantId tenant, long number, CancellationToken cancellation)
    {
        var salted = await OpenBoxAsync(tenant, number, cancellation);
        return salted is null ? null : CanonicalJson.Restore(salted.AsSpan(LedgerChain.SaltBytes));
    }

    public async Task<byte[]?> OpenBoxAsync(TenantId tenant, long number, CancellationToken cancellation)
    {
        var box = await store.ReadAsync(
            rows => rows.Ledger.Where(row => row.Tenant == tenant.Value && row.Number == number).Select(row => row.Box).SingleOrDefaultAsync(cancellation), cancellation);
        if (box is null)
        {
            return null;
        }

        var salted = await seal.OpenAsync(tenant, LedgerWriter.PlaceOf(number), box, cancellation);
        return salted.Length >= LedgerChain.SaltBytes ? salted : throw new CryptographicException("A ledger payload is cut short.");
    }

    public async Task<LedgerHead?> HeadAsync(TenantId tenant, CancellationToken cancellation)
    {
        var row = await store.ReadAsync(rows => rows.LedgerHeads.SingleOrDefaultAsync(row => row.Tenant == tenant.Value, cancellation), cancellation);
        return row is null ? null : new LedgerHead(row.Tenant, row.Length, row.Hash);
    }

    public async Task<IReadOnlyList<LedgerHead>> HeadsAsync(CancellationToken cancellation)
    {
        var found = await store.ReadAsync(rows => rows.LedgerHeads.OrderBy(row => row.Tenant).ToListAsync(cancellation), cancellation);
        return [.. found.Select(row => new LedgerHead(row.Tenant, row.Length, row.Hash))];
    }

    public async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation) =>
        await store.ReadAsync(
            rows => rows.Ledger.Select(row => row.Tenant).Union(rows.LedgerHeads.Select(row => row.Tenant)).Union(rows.Tenants.Select(row => row.Id)).OrderBy(id => id).ToListAsync(cancellation),
            cancellation);

    private static LedgerEntry Entry(LedgerRow row) => new(
        row.Tenant, row.Number, StoreTime.FromMicros(row.At), row.Kind, row.Subject, ImmutableCollectionsMarshal.AsImmutableArray(row.Bytes), row.Hash);
}
