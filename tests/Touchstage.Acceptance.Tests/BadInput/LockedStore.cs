using Microsoft.Data.Sqlite;

namespace Touchstage.Acceptance.Tests.BadInput;

/// <summary>The database file in the hands of another program.</summary>
internal static class LockedStore
{
    /// <summary>Holds the write lock until it is disposed of.</summary>
    public static async Task<IAsyncDisposable> TakeAsync(string file)
    {
        var connection = await OpenAsync(file);
        await RunAsync(connection, "BEGIN EXCLUSIVE");
        return connection;
    }

    /// <summary>Changes something, and says how many rows.</summary>
    public static async Task<int> ExecuteAsync(string file, string sql)
    {
        await using var connection = await OpenAsync(file);
        return await RunAsync(connection, sql);
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<int> RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
