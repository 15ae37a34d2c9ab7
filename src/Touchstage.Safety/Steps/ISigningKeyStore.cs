namespace Touchstage.Safety.Steps;

/// <summary>Where signing keys are kept; private halves arrive here already sealed. No key is ever removed: what it signed is to be checked for ever.</summary>
internal interface ISigningKeyStore
{
    /// <summary>All keys, newest first.</summary>
    Task<IReadOnlyList<StoredSigningKey>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds a key unless another process has added one in the meantime (no key younger than <paramref name="unlessNewerThan"/> exists).</summary>
    /// <returns>The newest key afterwards.</returns>
    Task<StoredSigningKey> AddAsync(StoredSigningKey key, DateTimeOffset unlessNewerThan, CancellationToken cancellation);

    /// <summary>
    /// Lets a key follow those that sign: they stay published until <paramref name="published"/> after it signs. If one is already waiting to follow, that one stays the next, but
    /// signs as early as this one would.
    /// </summary>
    /// <returns>The next key.</returns>
    Task<StoredSigningKey> FollowAsync(StoredSigningKey next, TimeSpan published, CancellationToken cancellation);

    /// <summary>Takes a key back for good; <paramref name="instead"/> is added if no other key signs now.</summary>
    /// <returns>Whether there was a key of that id.</returns>
    Task<bool> RevokeAsync(string keyId, StoredSigningKey instead, CancellationToken cancellation);

    /// <summary>Replaces the sealed private half of each key that <paramref name="reseal"/> answers for.</summary>
    /// <returns>How many were replaced, in one transaction.</returns>
    Task<int> ResealAsync(Func<StoredSigningKey, byte[]?> reseal, CancellationToken cancellation);
}
