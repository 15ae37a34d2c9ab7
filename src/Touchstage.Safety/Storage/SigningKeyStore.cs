using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Storage;

/// <summary>Signing keys. They belong to the server and to no tenant, so they make no change and no ledger entry.</summary>
internal sealed class SigningKeyStore(Store store) : ISigningKeyStore
{
    // How a revoked key is told from a retired one: it counts as published up to the beginning of time.
    private const long Revoked = 0;

    public async Task<IReadOnlyList<StoredSigningKey>> ListAsync(CancellationToken cancellation)
    {
        var found = await store.ReadAsync(rows => NewestFirst(rows).ToListAsync(cancellation), cancellation);
        return [.. found.Select(Key)];
    }

    public async Task<StoredSigningKey> AddAsync(StoredSigningKey key, DateTimeOffset unlessNewerThan, CancellationToken cancellation)
    {
        var limit = unlessNewerThan.ToMicros();
        return Key(await store.WriteAsync(
            async scope => await NewestFirst(scope.Rows).FirstOrDefaultAsync(row => row.CreatedAt > limit) ?? Add(scope, key), cancellation));
    }

    public async Task<StoredSigningKey> FollowAsync(StoredSigningKey next, TimeSpan published, CancellationToken cancellation) => Key(await store.WriteAsync(
        async scope =>
        {
            var from = next.SignsFrom.ToMicros();
            var follower = await scope.Rows.SigningKeys.Where(row => row.SignsFrom > scope.Now && row.PublishedUntil == null).OrderBy(row => row.SignsFrom).FirstOrDefaultAsync() ?? Add(scope, next);
            follower.SignsFrom = Math.Min(follower.SignsFrom, from);
            foreach (var older in await scope.Rows.SigningKeys.Where(row => row.KeyId != follower.KeyId && row.SignsFrom <= scope.Now && row.PublishedUntil != Revoked).ToListAsync())
            {
                var until = follower.SignsFrom + published.ToMicros();
                older.PublishedUntil = older.PublishedUntil is { } already ? Math.Min(already, until) : until;
            }

            return follower;
        },
        cancellation));

    public Task<bool> RevokeAsync(string keyId, StoredSigningKey instead, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            if (await scope.Rows.SigningKeys.FindAsync(keyId) is not { } row)
            {
                return false;
            }

            var keys = await scope.Rows.SigningKeys.ToListAsync();
            var signing = SigningKeys.SigningAt([.. keys.Select(Key)], StoreTime.FromMicros(scope.Now));
            row.PublishedUntil = Revoked;
            // One that was followed already is not asked to sign again: its publication ends.
            if (signing is null || signing.KeyId == keyId)
            {
                await NextSignsNowAsync(scope, keyId, instead);
            }

            return true;
        },
        cancellation);

    public Task<int> ResealAsync(Func<StoredSigningKey, byte[]?> reseal, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            var replaced = 0;
            foreach (var row in await scope.Rows.SigningKeys.ToListAsync())
            {
                if (reseal(Key(row)) is { } box)
                {
                    row.SealedPrivateKey = box;
                    replaced++;
                }
            }

            return replaced;
        },
        cancellation);

    // A key that waits is known to API owners already, and one that was made now is not.
    private static async Task NextSignsNowAsync(WriteScope scope, string revoked, StoredSigningKey instead)
    {
        if (await scope.Rows.SigningKeys.Where(row => row.KeyId != revoked && row.SignsFrom > scope.Now && row.PublishedUntil == null).OrderBy(row => row.SignsFrom).FirstOrDefaultAsync() is { } next)
        {
            next.SignsFrom = scope.Now;
            return;
        }

        Add(scope, instead).SignsFrom = scope.Now;
    }

    private static SigningKeyRow Add(WriteScope scope, StoredSigningKey key)
    {
        var added = new SigningKeyRow
        {
            KeyId = key.KeyId,
            SealedPrivateKey = [.. key.SealedPrivateKey],
            PublicJwk = key.PublicJwk,
            CreatedAt = key.CreatedAt.ToMicros(),
            SignsFrom = key.SignsFrom.ToMicros(),
        };
        scope.Rows.SigningKeys.Add(added);
        return added;
    }

    private static IQueryable<SigningKeyRow> NewestFirst(StoreContext rows) => rows.SigningKeys.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.KeyId);

    private static StoredSigningKey Key(SigningKeyRow row) => new(row.KeyId, [.. row.SealedPrivateKey], row.PublicJwk, StoreTime.FromMicros(row.CreatedAt))
    {
        SignsFrom = StoreTime.FromMicros(row.SignsFrom),
        PublishedUntil = row.PublishedUntil is { } until ? StoreTime.FromMicros(until) : null,
    };
}
