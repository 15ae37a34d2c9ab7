using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Steps;

/// <inheritdoc/>
internal sealed class SigningKeyAdministration(SigningKeys keys, ISigningKeyStore store, TimeProvider time) : ISigningKeyAdministration
{
    /// <summary>The longest time for which API owners may hold on to an older key set.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(7);

    // An approval is carried out at most 30 days after the first vote on it, and an unknown step is tried again for at most 30 more, with the votes in its token. A day for clocks.
    private static readonly TimeSpan Published = TimeSpan.FromDays(61);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SigningKeyDescription>> ListAsync(CancellationToken cancellation)
    {
        var (all, now) = (await store.ListAsync(cancellation), time.GetUtcNow());
        return [.. all.Select(key => Describe(key, SigningKeys.SigningAt(all, now), now))];
    }

    /// <inheritdoc/>
    public async Task<SigningKeyDescription> RotateAsync(TimeSpan overlap, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, MaxOverlap);
        // There is one to follow, so that a first key is never one that nobody may use yet.
        await keys.JwksAsync(cancellation);
        var next = await store.FollowAsync(keys.Create(time.GetUtcNow() + overlap), Published, cancellation);
        return (await ListAsync(cancellation)).First(key => key.KeyId == next.KeyId);
    }

    /// <inheritdoc/>
    public async Task<Result<SigningKeyDescription>> RevokeAsync(string keyId, CancellationToken cancellation) =>
        await store.RevokeAsync(keyId, keys.Create(time.GetUtcNow()), cancellation)
            ? (await ListAsync(cancellation)).First(key => key.KeyId == keyId)
            : SigningKeyRefusals.NoSuchKey();

    private SigningKeyDescription Describe(StoredSigningKey key, StoredSigningKey? signing, DateTimeOffset now)
    {
        var state = key.IsRevoked ? SigningKeyState.Revoked
            : !key.IsPublished(now) ? SigningKeyState.Retired
            : key.KeyId == signing?.KeyId ? SigningKeyState.Signing
            : key.SignsFrom > now ? SigningKeyState.Next
            : SigningKeyState.Published;
        return new(key.KeyId, state, key.CreatedAt, key.SignsFrom, key.IsRevoked ? null : key.PublishedUntil, keys.Opens(key));
    }
}
