using System.Security.Cryptography;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <inheritdoc/>
internal sealed class SecretAdministration(ITenantStore tenants, ISecretStore secrets, TenantSeal seal, ProcessEnvironment environment) : ISecretAdministration
{
    /// <inheritdoc/>
    public async Task<Result<KeptSecret>> SetAsync(TenantId tenant, string name, ReadOnlyMemory<byte> secret, CancellationToken cancellation)
    {
        if (!(await FindAsync(tenant, name, cancellation)).TryGet(out var use, out var no))
        {
            return no;
        }

        if (use.Problem(secret.Span) is { } problem)
        {
            return CredentialRefusals.Invalid(problem);
        }

        if (!Secret.TryRead(use.Form, secret.Span, out var read, out var unfit))
        {
            return CredentialRefusals.Invalid(unfit);
        }

        using var owned = read;
        var plain = owned.Reveal().ToArray();
        try
        {
            return await KeepAsync(tenant, name, use.Place, plain, cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc/>
    public async Task<Result<KeptSecret>> SetReferenceAsync(TenantId tenant, string name, string reference, CancellationToken cancellation) =>
        !(await FindAsync(tenant, name, cancellation)).TryGet(out var use, out var no) ? no
        : SecretReference.TryParse(reference, out var read, out var problem) ? await KeepAsync(tenant, name, use.Place, read.ToBytes(), cancellation)
        : CredentialRefusals.Invalid(problem);

    /// <inheritdoc/>
    public async Task<Result<KeptSecret>> RemoveAsync(TenantId tenant, string name, CancellationToken cancellation) =>
        await secrets.RemoveAsync(tenant, name, cancellation) ? new KeptSecret(tenant, name) : CredentialRefusals.NothingToRemove(tenant);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SecretDescription>?> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is null)
        {
            return null;
        }

        var described = new List<SecretDescription>();
        foreach (var stored in await secrets.ListAsync(tenant, cancellation))
        {
            described.Add(await DescribeAsync(tenant, stored, cancellation));
        }

        return described;
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

    private async Task<Result<SecretUse>> FindAsync(TenantId tenant, string name, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return CredentialRefusals.Invalid($"There is no tenant {tenant}. Apply its manifest first: touchstage tenant apply FILE.");
        }

        if (name.StartsWith(Webhook.SecretPrefix, StringComparison.Ordinal))
        {
            return found.Webhooks.TryGetValue(name[Webhook.SecretPrefix.Length..], out var webhook)
                ? SecretUse.Of(webhook)
                : CredentialRefusals.Invalid($"Tenant {tenant} has no webhook of that name. It has: {Names(found.Webhooks.Keys)}.");
        }

        return !found.Connections.TryGetValue(name, out var connection) ? CredentialRefusals.Invalid($"Tenant {tenant} has no connection of that name. It has: {Names(found.Connections.Keys)}.")
            : !connection.Auth.NeedsSecret ? CredentialRefusals.Invalid($"The connection {name} authenticates by {connection.Auth.Type}; it needs no secret.")
            : SecretUse.Of(connection);
    }

    private async Task<SecretDescription> DescribeAsync(TenantId tenant, StoredSecret stored, CancellationToken cancellation)
    {
        foreach (var place in Secret.PlacesOf(stored.Name))
        {
            byte[] opened = [];
            byte[]? there = null;
            try
            {
                opened = await seal.OpenAsync(tenant, place, stored.Box, cancellation);
                var reference = SecretReference.In(opened);
                there = reference is null ? null : await reference.ReadAsync(environment.Read, cancellation);
                return new(stored.Name, reference?.ToString(), reference is null || there is not null, stored.SetAt);
            }
            catch (CryptographicException)
            {
                // Not this place's.
            }
            finally
            {
                CryptographicOperations.ZeroMemory(opened);
                CryptographicOperations.ZeroMemory(there);
            }
        }

        return new(stored.Name, null, false, stored.SetAt);
    }

    private async Task<Result<KeptSecret>> KeepAsync(TenantId tenant, string name, SealedPlace place, ReadOnlyMemory<byte> plain, CancellationToken cancellation)
    {
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
