using Microsoft.Data.Sqlite;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>What tests do with the real library, and with its file behind its back.</summary>
internal static class RealHost
{
    public static async Task<ActionStatus> InviteAsync(this TouchstageHost host, string agent, string email) =>
        (await host.CallAsync(agent, "invite_member", new { email, role = "viewer" })).Status;

    /// <summary>The same; an exception is no answer.</summary>
    public static async Task<ActionStatus?> TryInviteAsync(this TouchstageHost host, string agent, string email)
    {
        try
        {
            return await host.InviteAsync(agent, email);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public static async Task TamperAsync(this TouchstageHost host, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={host.StorePath};Foreign Keys=False;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<long> NumberAsync(this TouchstageHost host, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={host.StorePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<string> TextAsync(this TouchstageHost host, string sql) => (string)await host.ScalarAsync(sql);

    public static async Task<byte[]> BytesAsync(this TouchstageHost host, string sql) => (byte[])await host.ScalarAsync(sql);

    /// <summary>Whether these bytes are anywhere in the store's file or its log.</summary>
    public static bool DiskHolds(this TouchstageHost host, byte[] needle) => Directory.GetFiles(Path.GetDirectoryName(host.StorePath)!, "touchstage.db*").Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(needle) >= 0;
    });

    private static async Task<object> ScalarAsync(this TouchstageHost host, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={host.StorePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync())!;
    }
}
