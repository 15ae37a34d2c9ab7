using Microsoft.Data.Sqlite;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>The store's file in the hands of somebody who does not go through the library.</summary>
internal static class RawStore
{
    public static async Task<SqliteConnection> OpenRawAsync(this TouchstageHost host)
    {
        var connection = new SqliteConnection($"Data Source={host.StorePath};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task TamperAsync(this TouchstageHost host, string sql)
    {
        await using var connection = await host.OpenRawAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<long> NumberAsync(this TouchstageHost host, string sql)
    {
        await using var connection = await host.OpenRawAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Limit uses that still count.</summary>
    public static Task<long> HeldUsesAsync(this TouchstageHost host) => host.NumberAsync("SELECT count(*) FROM limit_uses WHERE IsReleased = 0 AND LimitKey NOT LIKE 'facts:%'");
}
