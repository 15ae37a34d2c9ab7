using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Touchstage.Safety.Storage;

/// <summary>Brings a database up to this build's model, or refuses one that it does not know.</summary>
internal static class StoreMigration
{
    public static async Task RunAsync(StoreContext context, string path, CancellationToken cancellation)
    {
        // EF sets the journal mode only when it creates a file itself. It is a property of the file, and cannot change inside a transaction.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellation);

        // Invariant: look and migrate are one transaction that holds the write lock, so processes that start together take turns and a crash leaves nothing
        // half made. EF's own Migrate keeps its lock in a table, where a killed process would leave it for ever; hence its script, run here.
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var applied = await AppliedAsync(context, path, cancellation);
        var known = context.Database.GetMigrations().ToList();
        if (applied.Except(known, StringComparer.Ordinal).Any())
        {
            throw new StoreException(
                StoreException.Newer, $"The store {path} was made by a newer version of Touchstage. Run that version, or restore a backup from before the upgrade.");
        }

        if (applied.Count < known.Count)
        {
            var script = context.GetService<IMigrator>().GenerateScript(applied.LastOrDefault() ?? Migration.InitialDatabase, null, MigrationsSqlGenerationOptions.NoTransactions);
            await context.Database.ExecuteSqlRawAsync(script, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static async Task<List<string>> AppliedAsync(StoreContext context, string path, CancellationToken cancellation)
    {
        if (await context.GetService<IHistoryRepository>().ExistsAsync(cancellation))
        {
            return [.. await context.Database.GetAppliedMigrationsAsync(cancellation)];
        }

        if (await context.GetService<IRelationalDatabaseCreator>().HasTablesAsync(cancellation))
        {
            throw new StoreException(StoreException.Corrupt, $"The file {path} is a database of another program, not a Touchstage store. Name another file.");
        }

        return [];
    }
}
