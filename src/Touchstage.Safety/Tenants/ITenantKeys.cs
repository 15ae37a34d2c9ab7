namespace Touchstage.Safety.Tenants;

/// <summary>The tenants' data keys, unwrapped. Only <see cref="TenantSeal"/> asks for them. Whoever destroys a key destroys it for every server, at once.</summary>
internal interface ITenantKeys
{
    /// <summary>The newest key, which seals.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">There is none, or it does not unwrap.</exception>
    ValueTask<TenantKey> NewestAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>The key of one generation, which opens what it sealed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">There is none, or it does not unwrap.</exception>
    ValueTask<TenantKey> GetAsync(TenantId tenant, int generation, CancellationToken cancellation);
}
