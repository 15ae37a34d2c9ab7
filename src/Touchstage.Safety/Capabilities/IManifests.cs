namespace Touchstage.Safety.Capabilities;

/// <summary>Loads the capability manifests.</summary>
public interface IManifests
{
    /// <summary>Loads the folder without putting anything in force.</summary>
    /// <returns>The capabilities, or everything that is wrong.</returns>
    ManifestReport Check();

    /// <summary>Loads the folder and puts it in force if nothing at all is wrong with it; otherwise the last good version stays in force.</summary>
    /// <param name="cancellation">Ends the load; then nothing changes.</param>
    /// <returns>The capabilities now loaded, or everything that is wrong.</returns>
    Task<ManifestReport> ReloadAsync(CancellationToken cancellation);

    /// <summary>
    /// Loads the folder as <see cref="ReloadAsync"/> does if its files are others than at the last load, and the same as when this was last asked: what is still being written is left alone.
    /// </summary>
    /// <param name="cancellation">Ends the load; then nothing changes.</param>
    /// <returns>What the load came to; null if there was nothing to load.</returns>
    Task<ManifestReport?> RefreshAsync(CancellationToken cancellation);
}
