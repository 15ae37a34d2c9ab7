using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Touchstage.Safety.Storage;

/// <summary>The database file: opened, checked and brought up to date on first use, by whichever process comes first.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly DbContextOptions<StoreContext> options;
    private volatile bool isOpen;

    public StoreFile(StoreLocation location)
    {
        Path = location.Path;
        options = OptionsFor(location.Path);
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>The one way to reach the file; tools that only look at the model use it too.</summary>
    public static DbContextOptions<StoreContext> OptionsFor(string path)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 10 };
        return new DbContextOptionsBuilder<StoreContext>().UseSqlite(connection.ToString()).Options;
    }

    /// <summary>A context on an open connection. The caller disposes of it.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public async Task<StoreContext> ConnectAsync(CancellationToken cancellation)
    {
        await EnsureOpenAsync(cancellation);
        return await ConnectUncheckedAsync(cancellation);
    }

    /// <summary>Moves everything from the log into the file and cuts the log to nothing, so that nothing that was deleted is left in it.</summary>
    /// <returns>Whether it was done; not if somebody read for longer than the time-out.</returns>
    public async Task<bool> EraseAsync(CancellationToken cancellation)
    {
        await using var context = await ConnectAsync(cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        await using var answer = await command.ExecuteReaderAsync(cancellation);
        return await answer.ReadAsync(cancellation) && answer.GetInt64(0) == 0;
    }

    public void Dispose()
    {
        opening.Dispose();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, ForeignKeys = true, DefaultTimeout = 10 }.ToString());
        SqliteConnection.ClearPool(connection);
    }

    private async Task EnsureOpenAsync(CancellationToken cancellation)
    {
        if (isOpen)
        {
            return;
        }

        await opening.WaitAsync(cancellation);
        try
        {
            if (!isOpen)
            {
                CreateFile();
                await using var context = await ConnectUncheckedAsync(cancellation);
                await StoreMigration.RunAsync(context, Path, cancellation);
                isOpen = true;
            }
        }
        catch (Exception exception) when (StoreFaults.IsOfEngine(exception))
        {
            throw StoreFaults.Translate(exception, Path);
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task<StoreContext> ConnectUncheckedAsync(CancellationToken cancellation)
    {
        var context = new StoreContext(options);
        try
        {
            await context.Database.OpenConnectionAsync(cancellation);
            // EF has no API for a connection's settings. FULL: what a commit answered survives a power cut. The time-out lets processes take turns. What is deleted is overwritten.
            await context.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;", cancellation);
            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    // The store holds what only its operator may read, so a new file and folder are theirs alone.
    private void CreateFile()
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            new FileStream(Path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreException.Unwritable, $"The store {Path} cannot be written. Check that its folder may be written.", exception);
        }
    }
}
