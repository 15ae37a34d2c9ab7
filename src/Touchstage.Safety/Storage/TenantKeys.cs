using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>
/// The tenants' data keys: wrapped in the store, unwrapped in this process's memory only. The store is asked every time, so that a key which was destroyed
/// there is gone for every process at once. Prints as its type's name.
/// </summary>
internal sealed class TenantKeys(Store store, IDataProtectionProvider protection, IKeyRing ring) : ITenantKeys
{
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<(TenantId Tenant, int Generation), Unwrapped> known = new();

    public async ValueTask<TenantKey> NewestAsync(TenantId tenant, CancellationToken cancellation) => Unwrap(
        tenant,
        await store.ReadAsync(
            rows => rows.TenantKeys.Where(row => row.Tenant == tenant.Value).OrderByDescending(row => row.Generation).FirstOrDefaultAsync(cancellation), cancellation));

    public async ValueTask<TenantKey> GetAsync(TenantId tenant, int generation, CancellationToken cancellation) => Unwrap(
        tenant,
        await store.ReadAsync(
            rows => rows.TenantKeys.SingleOrDefaultAsync(row => row.Tenant == tenant.Value && row.Generation == generation, cancellation), cancellation));

    /// <summary>Makes sure of a ring that wraps. Before a write transaction, never inside one.</summary>
    /// <exception cref="StoreException">The ring cannot be read or written.</exception>
    public void Prepare() => ring.Prepare();

    /// <summary>A new data key.</summary>
    public (TenantKey Key, byte[] Wrapped) Create(TenantId tenant, int generation)
    {
        var key = GC.AllocateUninitializedArray<byte>(KeyBytes, pinned: true);
        RandomNumberGenerator.Fill(key);
        return (new(generation, key), Protector(tenant).Protect(key));
    }

    /// <summary>Wraps a data key anew, under the newest key of the ring.</summary>
    /// <exception cref="CryptographicException">It does not unwrap.</exception>
    public byte[] Rewrap(TenantId tenant, byte[] wrapped)
    {
        var key = Protector(tenant).Unprotect(wrapped);
        try
        {
            return Protector(tenant).Protect(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private TenantKey Unwrap(TenantId tenant, TenantKeyRow? row)
    {
        if (row is null)
        {
            Forget(tenant);
            throw new CryptographicException("The tenant has no such data key.");
        }

        // Invariant: what was unwrapped before is of no use without the ring that would unwrap it.
        ring.Demand(row.Wrapped);
        var place = (tenant, row.Generation);
        if (!known.TryGetValue(place, out var kept) || !kept.Wrapped.AsSpan().SequenceEqual(row.Wrapped))
        {
            kept = new(row.Wrapped, new(row.Generation, Protector(tenant).Unprotect(row.Wrapped)));
            known[place] = kept;
        }

        return kept.Key;
    }

    private void Forget(TenantId tenant)
    {
        foreach (var place in known.Keys.Where(place => place.Tenant == tenant))
        {
            known.TryRemove(place, out _);
        }
    }

    // Invariant: the tenant is part of the purpose, so a wrapped key copied to another tenant's row does not unwrap.
    private IDataProtector Protector(TenantId tenant) => protection.CreateProtector("Touchstage.TenantKey.v1", tenant.Value);

    private sealed record Unwrapped(byte[] Wrapped, TenantKey Key);
}
