namespace Touchstage.Safety.Storage;

/// <summary>Copies the store. Whoever can call it administers the server.</summary>
public interface IStoreBackup
{
    /// <summary>
    /// Writes a consistent copy of the store into a new file that only its owner reads, while servers run. The key ring is never in it, not even if it is kept in the store: the copy
    /// opens only with the ring's own backup.
    /// </summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="cancellation">Ends the work; what was begun is removed.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="StoreException">There is such a file already, or it cannot be written.</exception>
    Task<long> WriteAsync(string path, CancellationToken cancellation);
}
