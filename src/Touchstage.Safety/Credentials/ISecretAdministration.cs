using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Administers the secrets of tenants' connections and webhooks. They can be set and replaced, never read. Whoever can call it administers the server.</summary>
public interface ISecretAdministration
{
    /// <summary>Seals a secret under the tenant's key and keeps it, in place of an earlier one. The next step or delivery uses it.</summary>
    /// <param name="tenant">Which tenant; it must exist.</param>
    /// <param name="name">The name of a connection in the tenant's manifest whose authentication needs a secret, or <c>webhook:NAME</c>.</param>
    /// <param name="secret">
    /// 8 to 4,096 bytes of visible ASCII, spaces inside only; one line break at the end is dropped. For <c>private_key_jwt</c> it is a private key in PEM (EC P-256, or RSA of
    /// 2,048 bits or more), for <c>mutual_tls</c> a certificate and its private key in PEM, 64 KiB at most. For a webhook of format <c>standard</c> it is <c>whsec_</c> and
    /// 24 to 64 bytes in base64; for <c>slack</c> it is the whole address, which must lie under the manifest's <c>url</c>. The caller clears it.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What was kept, or a refusal with code <c>invalid_secret</c> or <c>secret_not_kept</c>.</returns>
    Task<Result<KeptSecret>> SetAsync(TenantId tenant, string name, ReadOnlyMemory<byte> secret, CancellationToken cancellation);

    /// <summary>Keeps, in place of an earlier secret, only where the secret is: it is read there whenever it is used, by the server that uses it.</summary>
    /// <param name="tenant">Which tenant; it must exist.</param>
    /// <param name="name">As for <see cref="SetAsync"/>.</param>
    /// <param name="reference"><c>env:NAME</c> or <c>file:PATH</c>, the path absolute.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What was kept, or a refusal with code <c>invalid_secret</c> or <c>secret_not_kept</c>.</returns>
    Task<Result<KeptSecret>> SetReferenceAsync(TenantId tenant, string name, string reference, CancellationToken cancellation);

    /// <summary>Removes a secret. Steps and deliveries that need it are not sent from then on.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="name">As for <see cref="SetAsync"/>; also of a connection or webhook that the manifest has no more.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What was removed, or a refusal with code <c>missing_secret</c>.</returns>
    Task<Result<KeptSecret>> RemoveAsync(TenantId tenant, string name, CancellationToken cancellation);

    /// <summary>The tenant's secrets by name, or null if there is no tenant of that name.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<SecretDescription>?> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>How a tenant's secrets stand, or null if there is no tenant of that name.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<SecretsState?> ShowAsync(TenantId tenant, CancellationToken cancellation);
}
