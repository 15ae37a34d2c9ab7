using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Touchstage.Safety.Storage;

/// <inheritdoc/>
internal sealed class StoreBackup(StoreFile file) : IStoreBackup
{
    /// <inheritdoc/>
    public async Task<long> WriteAsync(string path, CancellationToken cancellation)
    {
        Create(path);
        try
        {
            await using (var context = await file.ConnectAsync(cancellation))
            {
                // The engine writes into an empty file, whose permissions stay.
                await context.Database.ExecuteSqlAsync($"VACUUM INTO {path};", cancellation);
            }

            await ForgetRingAsync(path, cancellation);
            return new FileInfo(path).Length;
        }
        catch (Exception broken)
        {
            File.Delete(path);
            throw StoreFaults.IsOfEngine(broken) ? StoreFaults.Translate(broken, path) : broken;
        }
    }

    // Invariant: no byte of the key ring is in a copy: rows are overwritten, and the file is written anew without them.
    private static async Task ForgetRingAsync(string path, CancellationToken cancellation)
    {
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await copy.OpenAsync(cancellation);
        await using var command = copy.CreateCommand();
        command.CommandText = "PRAGMA secure_delete = ON; PRAGMA journal_mode = MEMORY; DELETE FROM protection_keys; VACUUM;";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Create(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            new FileStream(path, options).Dispose();
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreException.Unwritable, $"{path} cannot be made: there is one already, or its folder is not there or may not be written. Name a new file.", taken);
        }
    }
}
