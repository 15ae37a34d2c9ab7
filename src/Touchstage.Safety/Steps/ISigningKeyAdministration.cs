using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Steps;

/// <summary>Administers the keys that sign step tokens, votes and checkpoints. Whoever can call it administers the server.</summary>
public interface ISigningKeyAdministration
{
    /// <summary>All keys, newest first.</summary>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<SigningKeyDescription>> ListAsync(CancellationToken cancellation);

    /// <summary>
    /// Publishes a new key at once and lets it sign after the overlap, so that API owners have fetched it by then. Until then the older key signs, and it stays published for 61
    /// days after: as long as an approval voted under it may still be carried out. If a key is already waiting, that one stays the next.
    /// </summary>
    /// <param name="overlap">0 to 7 days. 0 is for an emergency: tokens fail wherever the key set is not fetched anew for an unknown key.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The next key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is negative or longer than 7 days.</exception>
    Task<SigningKeyDescription> RotateAsync(TimeSpan overlap, CancellationToken cancellation);

    /// <summary>
    /// Takes a key back for good, at once and for every server: it is published no more, signs no more, and nothing that it signed counts any more. Approvals that were voted under it
    /// are voted anew.
    /// </summary>
    /// <param name="keyId">Its <c>kid</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The key, or a refusal with code <c>unknown_signing_key</c>.</returns>
    Task<Result<SigningKeyDescription>> RevokeAsync(string keyId, CancellationToken cancellation);
}
