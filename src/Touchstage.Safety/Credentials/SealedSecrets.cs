using System.Security.Cryptography;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Opens what is kept under a name: the secret itself, or what its reference leads to. Only vaults ask.</summary>
internal sealed class SealedSecrets(ISecretStore store, TenantSeal seal, ProcessEnvironment environment)
{
    /// <summary>A connection's secret in the form that it needs, or why there is none.</summary>
    public Task<Result<Secret>> OpenAsync(TenantId tenant, Connection connection, CancellationToken cancellation) => OpenAsync(
        tenant,
        connection.Name,
        Secret.PlaceOf(connection.Name, connection.Auth),
        bytes => Secret.TryRead(SecretForm.Of(connection.Auth), bytes.Span, out var secret, out _) ? secret : null,
        CredentialRefusals.Of,
        cancellation);

    /// <summary>What <paramref name="read"/> makes of it; the bytes are cleared afterwards.</summary>
    public async Task<Result<T>> OpenAsync<T>(
        TenantId tenant, string name, SealedPlace place, Func<ReadOnlyMemory<byte>, T?> read, Func<SecretFault, Refusal> why, CancellationToken cancellation)
        where T : class
    {
        if (await store.FindAsync(tenant, name, cancellation) is not { } box)
        {
            return why(SecretFault.Missing);
        }

        byte[] opened = [];
        byte[]? referred = null;
        try
        {
            opened = await seal.OpenAsync(tenant, place, box, cancellation);
            if (SecretReference.In(opened) is not { } reference)
            {
                return read(opened) is { } kept ? kept : why(SecretFault.Unreadable);
            }

            referred = await reference.ReadAsync(environment.Read, cancellation);
            return referred is not null && read(referred) is { } there ? there : why(SecretFault.NothingThere);
        }
        catch (CryptographicException)
        {
            return why(SecretFault.Unreadable);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
            CryptographicOperations.ZeroMemory(referred);
        }
    }
}
