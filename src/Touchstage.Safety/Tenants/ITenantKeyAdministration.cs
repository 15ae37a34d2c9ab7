namespace Touchstage.Safety.Tenants;

/// <summary>Rotates the keys that things are sealed under, while servers run. Whoever can call it administers the server.</summary>
public interface ITenantKeyAdministration
{
    /// <summary>
    /// Makes a new key in the Data Protection key ring and wraps every tenant's data keys, and every signing key, anew under it. Servers that run read the ring again when they meet
    /// what they cannot unwrap. Nothing is lost if it is interrupted: done again, it completes.
    /// </summary>
    /// <param name="cancellation">Ends the work between two tenants.</param>
    /// <returns>How many keys were wrapped anew.</returns>
    /// <exception cref="Touchstage.Safety.Storage.StoreException">The key ring or the store cannot be used.</exception>
    Task<int> RotateRingAsync(CancellationToken cancellation);

    /// <summary>
    /// Gives every tenant a new data key and seals its secrets and access tokens anew under it, one tenant a transaction, with a ledger entry <c>tenant.keys_rotated</c>. What the
    /// ledger, approvals and steps hold sealed stays under the older keys, which are kept for that.
    /// </summary>
    /// <param name="cancellation">Ends the work between two tenants.</param>
    /// <returns>What was done, tenant by tenant.</returns>
    Task<IReadOnlyList<RotatedTenant>> RotateDataAsync(CancellationToken cancellation);
}
