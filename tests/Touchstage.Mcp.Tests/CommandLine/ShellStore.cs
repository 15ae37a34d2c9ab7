using System.Text.Json;
using Microsoft.Data.Sqlite;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>What verbs wrote into a ledger, and the store's file behind their back.</summary>
internal static class ShellStore
{
    /// <summary>A tenant's ledger as it is exported, an entry a line.</summary>
    public static async Task<string> ExportAsync(this Shell shell, string tenant)
    {
        var file = Path.Combine(shell.Host.Folder, $"{Path.GetRandomFileName()}.jsonl");
        var said = await shell.RunAsync(null, "ledger", "export", tenant, "--out", file);
        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>Changes the store's file as somebody does who can write to it.</summary>
    public static async Task TamperAsync(this Shell shell, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={shell.Host.StorePath};Foreign Keys=False;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The newest entries, oldest first, each as its kind and what it is about.</summary>
    public static async Task<IReadOnlyList<string>> NewestAsync(this Shell shell, string tenant, int count) =>
    [
        .. (await shell.ExportAsync(tenant)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Select(entry => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("subject").GetString()}").TakeLast(count),
    ];
}
