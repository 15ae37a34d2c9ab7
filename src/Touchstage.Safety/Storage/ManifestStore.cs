using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Storage;

/// <summary>Capability versions by digest. They belong to the operator and to no tenant, so they make no change and no ledger entry.</summary>
internal sealed class ManifestStore(Store store) : IManifestStore
{
    public Task KeepAsync(string digest, string capability, string canonicalJson, CancellationToken cancellation) =>
        store.WriteAsync(
            async scope =>
            {
                if (!await scope.Rows.Manifests.AnyAsync(row => row.Digest == digest))
                {
                    scope.Rows.Manifests.Add(new ManifestRow { Digest = digest, Capability = capability, CanonicalJson = canonicalJson });
                }

                return digest;
            },
            cancellation);

    public Task<string?> FindAsync(string digest, CancellationToken cancellation) =>
        store.ReadAsync(rows => rows.Manifests.Where(row => row.Digest == digest).Select(row => row.CanonicalJson).SingleOrDefaultAsync(cancellation), cancellation);
}
