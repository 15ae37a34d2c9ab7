using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The tenants' data keys: wrapped in the store, unwrapped in this process's memory only. Prints as its type's name.</summary>
internal sealed class TenantKeys(Store store, IDataProtectionProvider protection) : ITenantKeys
{
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<TenantId, byte[]> unwrapped = new();

    public async ValueTask<byte[]> GetAsync(TenantId tenant, CancellationToken cancellation)
    {
        if (unwrapped.TryGetValue(tenant, out var known))
        {
            return known;
        }

        var wrapped = await store.ReadAsync(rows => rows.Tenants.Where(row => row.Id == tenant.Value).Select(row => row.WrappedKey).SingleOrDefaultAsync(cancellation), cancellation)
            ?? throw new CryptographicException("The tenant has no data key.");
        return unwrapped.GetOrAdd(tenant, Protector(tenant).Unprotect(wrapped));
    }

    /// <summary>A new data key, for a tenant that is being created.</summary>
    public (byte[] Key, byte[] Wrapped) Create(TenantId tenant)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (key, Protector(tenant).Protect(key));
    }

    // Invariant: the tenant is part of the purpose, so a wrapped key copied to another tenant's row does not unwrap.
    private IDataProtector Protector(TenantId tenant) => protection.CreateProtector("Touchstage.TenantKey.v1", tenant.Value);
}
