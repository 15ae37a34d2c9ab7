using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>The capabilities that are in force: those of the last load without a single problem.</summary>
internal sealed class Catalog(CatalogDirectory directory, IManifestStore manifests) : ICatalog, IManifests
{
    private volatile CatalogSnapshot current = CatalogSnapshot.Empty;
    private volatile string tried = "";
    private volatile string seen = "";

    /// <summary>What is in force now.</summary>
    public CatalogSnapshot Current => current;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, TenantScope> For(Tenant tenant) => current.For(tenant);

    /// <inheritdoc/>
    public ManifestReport Check() => Report(CatalogLoader.Load(directory.Path));

    /// <inheritdoc/>
    public async Task<ManifestReport> ReloadAsync(CancellationToken cancellation)
    {
        var stamp = ManifestFolder.Stamp(directory.Path);
        var load = CatalogLoader.Load(directory.Path);
        if (load.Capabilities is { } capabilities)
        {
            // Invariant: a version is kept before it can decide anything, so that whatever names its digest can be read again.
            foreach (var capability in capabilities.Values)
            {
                await manifests.KeepAsync(capability.Manifest.Digest, capability.Name, capability.Manifest.Text, cancellation);
            }

            current = new(capabilities);
        }

        tried = seen = stamp;
        return Report(load);
    }

    /// <inheritdoc/>
    public async Task<ManifestReport?> RefreshAsync(CancellationToken cancellation)
    {
        var now = ManifestFolder.Stamp(directory.Path);
        var isSettled = now == seen;
        seen = now;
        return isSettled && now != tried ? await ReloadAsync(cancellation) : null;
    }

    private static ManifestReport Report(CatalogLoad load) => new([.. load.Capabilities?.Keys ?? []], load.Problems);
}
