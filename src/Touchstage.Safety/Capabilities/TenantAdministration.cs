using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Applies tenants' manifests that check against the capabilities in force.</summary>
internal sealed class TenantAdministration(Catalog catalog, ITenantStore tenants) : ITenantAdministration
{
    /// <inheritdoc/>
    public async Task<TenantReport> ApplyAsync(string file, string yaml, CancellationToken cancellation)
    {
        var document = YamlReader.Read(file, yaml);
        if (TenantManifestReader.Read(document, catalog.Current.Capabilities) is not { } tenant)
        {
            return new(TenantWrite.Refused, null, document.Problems);
        }

        cancellation.ThrowIfCancellationRequested();
        var outcome = await tenants.ApplyAsync(tenant.Id, tenant, CancellationToken.None);
        if (outcome is TenantWrite.Deleted)
        {
            var refusal = TenantRefusals.IsDeleted(tenant.Id);
            return new(outcome, null, [new(file, 1, 1, "/tenant", $"Tenant {tenant.Id} was deleted, and its name is never given again ({refusal.Code}).", "choose another name.")]);
        }

        return new(outcome, outcome is TenantWrite.Refused ? null : Describe(tenant), []);
    }

    /// <inheritdoc/>
    public async Task<Result<DeletedTenant>> DeleteAsync(TenantId tenant, bool shred, CancellationToken cancellation) =>
        await tenants.DeleteAsync(tenant, shred, cancellation) is { } deleted ? deleted : TenantRefusals.NoSuchTenant(tenant);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TenantDescription>> ListAsync(CancellationToken cancellation) =>
        [.. (await tenants.ListAsync(cancellation)).OrderBy(t => t.Id.Value, StringComparer.Ordinal).Select(Describe)];

    /// <inheritdoc/>
    public async Task<TenantDescription?> ShowAsync(TenantId tenant, CancellationToken cancellation) =>
        await tenants.FindAsync(tenant, cancellation) is { } found ? Describe(found) : null;

    private TenantDescription Describe(Tenant tenant) => new(
        tenant.Id,
        tenant.Name,
        tenant.Capabilities,
        [.. catalog.For(tenant).Keys],
        [.. tenant.Connections.Values.Select(c => new ConnectionDescription(c.Name, c.BaseUrl, c.Audience, c.IsPrivateNetwork, c.Auth.Type, c.Auth.NeedsSecret))],
        [.. tenant.Webhooks.Values.Select(w => new WebhookDescription(w.Name, w.Url, w.IsPrivateNetwork, w.Format, w.Events, w.For))],
        tenant.Policy.Length,
        tenant.Settings.GetRawText(),
        tenant.Digest);
}
