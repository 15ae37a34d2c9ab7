using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <inheritdoc/>
internal sealed class SecretAdministration(ITenantStore tenants, ISecretStore secrets, TenantSeal seal) : ISecretAdministration
{
    /// <inheritdoc/>
    public async Task<Result<KeptSecret>> SetAsync(TenantId tenant, string connection, string secret, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return CredentialRefusals.Invalid($"There is no tenant {tenant}. Apply its manifest first: touchstage tenant apply FILE.");
        }

        if (!found.Connections.TryGetValue(connection, out var declared))
        {
            var names = found.Connections.IsEmpty ? "none" : string.Join(", ", found.Connections.Keys);
            return CredentialRefusals.Invalid($"Tenant {tenant} has no connection of that name. It has: {names}.");
        }

        if (!declared.Auth.NeedsSecret)
        {
            return CredentialRefusals.Invalid($"The connection {declared.Name} authenticates by {declared.Auth.Type}; it needs no secret.");
        }

        if (!Secret.TryRead(secret, out var read, out var problem))
        {
            return CredentialRefusals.Invalid(problem);
        }

        return await KeepAsync(tenant, declared.Name, read, cancellation) is SecretWrite.Written
            ? new KeptSecret(tenant, declared.Name)
            : CredentialRefusals.CouldNotKeep(tenant);
    }

    private async Task<SecretWrite> KeepAsync(TenantId tenant, string connection, Secret secret, CancellationToken cancellation)
    {
        var plain = Encoding.ASCII.GetBytes(secret.Reveal());
        try
        {
            return await secrets.SetAsync(tenant, connection, await seal.SealAsync(tenant, Secret.PlaceOf(connection), plain, cancellation), cancellation);
        }
        catch (CryptographicException)
        {
            return SecretWrite.Refused;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
