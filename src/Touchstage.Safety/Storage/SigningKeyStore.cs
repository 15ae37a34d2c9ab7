using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Storage;

/// <summary>Signing keys. They belong to the server and to no tenant, so they make no change and no ledger entry.</summary>
internal sealed class SigningKeyStore(Store store) : ISigningKeyStore
{
    public async Task<IReadOnlyList<StoredSigningKey>> ListAsync(CancellationToken cancellation)
    {
        var found = await store.ReadAsync(rows => NewestFirst(rows).ToListAsync(cancellation), cancellation);
        return [.. found.Select(Key)];
    }

    public async Task<StoredSigningKey> AddAsync(StoredSigningKey key, DateTimeOffset unlessNewerThan, CancellationToken cancellation)
    {
        var limit = unlessNewerThan.ToMicros();
        var newest = await store.WriteAsync(
            async scope =>
            {
                if (await NewestFirst(scope.Rows).FirstOrDefaultAsync(row => row.CreatedAt > limit) is { } newer)
                {
                    return newer;
                }

                var added = new SigningKeyRow
                {
                    KeyId = key.KeyId,
                    SealedPrivateKey = [.. key.SealedPrivateKey],
                    PublicJwk = key.PublicJwk,
                    CreatedAt = key.CreatedAt.ToMicros(),
                    SignsFrom = key.CreatedAt.ToMicros(),
                };
                scope.Rows.SigningKeys.Add(added);
                return added;
            },
            cancellation);
        return Key(newest);
    }

    private static IQueryable<SigningKeyRow> NewestFirst(StoreContext rows) => rows.SigningKeys.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.KeyId);

    private static StoredSigningKey Key(SigningKeyRow row) => new(row.KeyId, [.. row.SealedPrivateKey], row.PublicJwk, StoreTime.FromMicros(row.CreatedAt));
}
