using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <inheritdoc/>
internal sealed class SecretAdministration(ITenantStore tenants, ISecretStore secrets, TenantSeal seal) : ISecretAdministration
{
    /// <inheritdoc/>
    public async Task<Result<KeptSecret>> SetAsync(TenantId tenant, string name, string secret, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return CredentialRefusals.Invalid($"There is no tenant {tenant}. Apply its manifest first: touchstage tenant apply FILE.");
        }

        return name.StartsWith(Webhook.SecretPrefix, StringComparison.Ordinal)
            ? await SetAsync(found, found.Webhooks.GetValueOrDefault(name[Webhook.SecretPrefix.Length..]), secret, cancellation)
            : await SetAsync(found, found.Connections.GetValueOrDefault(name), secret, cancellation);
    }

    /// <inheritdoc/>
    public async Task<SecretsState?> ShowAsync(TenantId tenant, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return null;
        }

        var needed = found.Connections.Values.Where(c => c.Auth.NeedsSecret).Select(c => c.Name).Concat(found.Webhooks.Values.Select(w => w.SecretName));
        return new(await IsKeyUsableAsync(tenant, cancellation), [.. needed.Except(await secrets.NamesAsync(tenant, cancellation), StringComparer.Ordinal)]);
    }

    private async Task<Result<KeptSecret>> SetAsync(Tenant tenant, Connection? connection, string secret, CancellationToken cancellation)
    {
        if (connection is null)
        {
            return CredentialRefusals.Invalid($"Tenant {tenant.Id} has no connection of that name. It has: {Names(tenant.Connections.Keys)}.");
        }

        if (!connection.Auth.NeedsSecret)
        {
            return CredentialRefusals.Invalid($"The connection {connection.Name} authenticates by {connection.Auth.Type}; it needs no secret.");
        }

        return Secret.TryRead(secret, out var read, out var problem)
            ? await KeepAsync(tenant.Id, connection.Name, Secret.PlaceOf(connection.Name), read.Reveal(), cancellation)
            : CredentialRefusals.Invalid(problem);
    }

    private async Task<Result<KeptSecret>> SetAsync(Tenant tenant, Webhook? webhook, string secret, CancellationToken cancellation)
    {
        if (webhook is null)
        {
            return CredentialRefusals.Invalid($"Tenant {tenant.Id} has no webhook of that name. It has: {Names(tenant.Webhooks.Keys)}.");
        }

        return WebhookSecret.TryRead(webhook, secret, out var read, out var problem)
            ? await KeepAsync(tenant.Id, webhook.SecretName, WebhookSecret.PlaceOf(webhook.Name), read.Reveal(), cancellation)
            : CredentialRefusals.Invalid(problem);
    }

    private async Task<Result<KeptSecret>> KeepAsync(TenantId tenant, string name, SealedPlace place, string secret, CancellationToken cancellation)
    {
        var plain = Encoding.ASCII.GetBytes(secret);
        try
        {
            return await secrets.SetAsync(tenant, name, await seal.SealAsync(tenant, place, plain, cancellation), cancellation) is SecretWrite.Written
                ? new KeptSecret(tenant, name)
                : CredentialRefusals.CouldNotKeep(tenant);
        }
        catch (CryptographicException)
        {
            return CredentialRefusals.CouldNotKeep(tenant);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    // Whatever is sealed needs the key first.
    private async Task<bool> IsKeyUsableAsync(TenantId tenant, CancellationToken cancellation)
    {
        try
        {
            await seal.SealAsync(tenant, new("probe", "", ""), ReadOnlyMemory<byte>.Empty, cancellation);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}
