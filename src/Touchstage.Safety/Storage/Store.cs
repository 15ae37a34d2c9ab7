using System.Data;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Reads and writes: every read on a short-lived context of its own, every write as one transaction in the queue's order.</summary>
internal sealed class Store(StoreFile file, WriteQueue queue, ChangeSignal signal, IIdSource ids, TimeProvider time)
{
    /// <summary>Now, in microseconds.</summary>
    public long Now => time.GetUtcNow().ToMicros();

    /// <summary>Reads. What comes back is data; the context is gone by then.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<StoreContext, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using var context = await file.ConnectAsync(cancellation);
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return await read(context);
        }
        catch (Exception exception) when (StoreFaults.IsOfEngine(exception))
        {
            throw StoreFaults.Translate(exception, file.Path);
        }
    }

    /// <summary>Tells when there is something new to read. The caller disposes of it.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<StoreWatch> WatchAsync(CancellationToken cancellation)
    {
        try
        {
            return new(await file.ConnectAsync(cancellation), file.Path);
        }
        catch (Exception exception) when (StoreFaults.IsOfEngine(exception))
        {
            throw StoreFaults.Translate(exception, file.Path);
        }
    }

    /// <summary>Runs a command in a transaction of its own. It commits whatever it answers, and rolls back only if it throws.</summary>
    /// <exception cref="StoreException">The store cannot be used, is closed, or has too much to do.</exception>
    public Task<T> WriteAsync<T>(Func<WriteScope, Task<T>> command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return queue.RunAsync(() => CommitAsync(command), cancellation);
    }

    /// <summary>The same for what must be written whether or not the caller still waits: ledger entries, settlements, releases.</summary>
    /// <exception cref="StoreException">The store cannot be used, is closed, or has too much to do.</exception>
    public Task<T> WriteSurelyAsync<T>(Func<WriteScope, Task<T>> command) => queue.RunSurelyAsync(() => CommitAsync(command));

    private async Task<T> CommitAsync<T>(Func<WriteScope, Task<T>> command)
    {
        try
        {
            await using var context = await file.ConnectAsync(CancellationToken.None);
            // Invariant: serializable is BEGIN IMMEDIATE in Microsoft.Data.Sqlite, so the write lock is held before the first look at a row, and what a
            // command has seen is still so when it commits, whichever process it runs in.
            await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            var answer = await command(new WriteScope(context, Now, ids));
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
            signal.Raise();
            return answer;
        }
        catch (Exception exception) when (StoreFaults.IsOfEngine(exception))
        {
            throw StoreFaults.Translate(exception, file.Path);
        }
    }
}
