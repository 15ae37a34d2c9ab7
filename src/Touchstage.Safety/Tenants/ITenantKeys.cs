namespace Touchstage.Safety.Tenants;

/// <summary>The tenants' data keys, unwrapped: 32 bytes each. Only <see cref="TenantSeal"/> asks for them.</summary>
internal interface ITenantKeys
{
    /// <summary>The tenant's data key.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">There is none, or it does not unwrap.</exception>
    ValueTask<byte[]> GetAsync(TenantId tenant, CancellationToken cancellation);
}
