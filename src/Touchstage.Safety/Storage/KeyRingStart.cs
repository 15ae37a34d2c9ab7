using Microsoft.EntityFrameworkCore;

namespace Touchstage.Safety.Storage;

/// <summary>Makes sure of the key ring when a store is opened, before anything is sealed or opened with it.</summary>
internal sealed class KeyRingStart(Store store, KeyRing ring)
{
    /// <exception cref="StoreException">The ring is not to be had, or is not this store's.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var isInUse = await store.ReadAsync(async rows => await rows.TenantKeys.AnyAsync(cancellation) || await rows.SigningKeys.AnyAsync(cancellation), cancellation);
        await ring.OpenAsync(isInUse, cancellation);
    }
}
