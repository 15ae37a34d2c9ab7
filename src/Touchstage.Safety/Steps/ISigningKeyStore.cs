namespace Touchstage.Safety.Steps;

/// <summary>Where signing keys are kept; private halves arrive here already sealed.</summary>
internal interface ISigningKeyStore
{
    /// <summary>All keys that are still published, newest first.</summary>
    Task<IReadOnlyList<StoredSigningKey>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds a key unless another process has added one in the meantime (no key younger than <paramref name="unlessNewerThan"/> exists).</summary>
    /// <returns>The newest key afterwards.</returns>
    Task<StoredSigningKey> AddAsync(StoredSigningKey key, DateTimeOffset unlessNewerThan, CancellationToken cancellation);
}
