using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A store of the version before people could change anything: what waits in it is listed, shown and decided by this build.</summary>
public sealed class OlderStoreTests
{
    private const string Before = "20261123000000_Initial";

    [Fact]
    public async Task WhatWaitsInIt_IsListed_Shown_AndDecided()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var young = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, ann) = (await young.AgentAsync(), await young.ApproverAsync(subject: "ann@example.com"));
        var (waits, changes, approved, mine) = (
            await young.HeldAsync(agent),
            await young.HeldAsync(agent, """{"to":"bob","amount":2}"""),
            await young.HeldAsync(agent, """{"to":"cid","amount":3}"""),
            await young.HeldAsync(await young.AgentAsync(subject: "ann@example.com"), """{"to":"ann","amount":4}"""));
        (await young.VoteAsync(ann, approved)).Refusal.ShouldBeNull();
        var folder = await OlderAsync(young);
        try
        {
            await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(), folder);

            (await host.QueueAsync(ann)).ShouldBe([waits, changes], ignoreOrder: true);
            var shown = await host.ApprovalAsync(ann, waits);
            (shown.Summary, shown.Case!.Confirm, shown.Modification).ShouldBe(("Pay 120 to ann", "code", null));
            shown.Case.Form.GetProperty("properties").EnumerateObject().ShouldBeEmpty();
            shown.Case.Recent.ShouldNotBeEmpty();
            var revealed = (await host.Services.GetRequiredService<IApprovals>().RevealAsync(await host.CallerAsync(ann), waits, shown.RevisionDigest, DecisionChannel.Inbox, default)).Take();
            revealed.Arguments.GetProperty("pin").GetString().ShouldBe("canary");
            revealed.Request.GetProperty("body").GetProperty("pin").GetString().ShouldBe("***");

            (await host.HeldAsync(agent)).ShouldBe(waits);
            (await host.ModifyAsync(ann, mine, """{"amount":1}""")).Refusal!.Code.ShouldBe(ApprovalRefusals.OwnRequest);
            (await host.VoteAsync(ann, waits)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
            (await host.ModifyAsync(ann, changes, """{"amount":1}""")).Take().Approval.State.ShouldBe(ApprovalState.Approved);
            await host.DoDueWorkAsync();

            upstream.Exchanges.Select(exchange => JsonNode.Parse(exchange.Body)!["amount"]!.GetValue<int>()).ShouldBe([120, 1], ignoreOrder: true);
            foreach (var id in (string[])[waits, changes])
            {
                (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
            }

            // Nobody signed a yes of then, so it is none; the call may be proposed anew.
            (await host.ApprovalAsync(agent, approved)).ClosingCode.ShouldBe("votes_void");
            (await host.HeldAsync(agent, """{"to":"cid","amount":3}""")).ShouldNotBe(approved);
            (await host.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The host's data as the version before wrote it: its schema, and cases without what was not in them then.</summary>
    private static async Task<string> OlderAsync(TouchstageHost host)
    {
        var folder = Directory.CreateTempSubdirectory("touchstage-").FullName;
        var data = Path.Combine(folder, "data");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(host.Folder, "data"), "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("touchstage.db", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(data, Path.GetRelativePath(Path.Combine(host.Folder, "data"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(data);
        await using (var context = new StoreContext(StoreFile.OptionsFor(Path.Combine(data, "touchstage.db"))))
        {
            await context.Database.ExecuteSqlRawAsync(context.GetService<IMigrator>().GenerateScript(Migration.InitialDatabase, Before, MigrationsSqlGenerationOptions.NoTransactions));
        }

        await using var older = new SqliteConnection($"Data Source={Path.Combine(data, "touchstage.db")};Foreign Keys=False;Pooling=False");
        await older.OpenAsync();
        await DoAsync(older, $"ATTACH '{host.StorePath}' AS young");
        foreach (var table in await TextsAsync(older, "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\'"))
        {
            var columns = string.Join(", ", (await TextsAsync(older, $"SELECT name FROM pragma_table_info('{table}', 'main')")).Select(column => $"\"{column}\""));
            // A tenant's key stood in its row.
            var values = columns.Replace("\"WrappedKey\"", "(SELECT k.Wrapped FROM young.tenant_keys AS k WHERE k.Tenant = Id)", StringComparison.Ordinal);
            await DoAsync(older, $"INSERT INTO main.\"{table}\" ({columns}) SELECT {values} FROM young.\"{table}\"");
        }

        await DoAsync(older, "DETACH young");
        foreach (var id in await TextsAsync(older, "SELECT ApprovalId FROM revisions"))
        {
            await ForgetAsync(host, older, id);
        }

        return folder;
    }

    private static async Task ForgetAsync(TouchstageHost host, SqliteConnection older, string id)
    {
        var (seal, tenant, place) = (host.Services.GetRequiredService<TenantSeal>(), TouchstageHost.TenantOf("acme"), ApprovalReader.PlaceOf(id, 1));
        await using var read = older.CreateCommand();
        read.CommandText = $"SELECT CaseBox FROM revisions WHERE ApprovalId = '{id}'";
        var document = CanonicalJson.Restore(await seal.OpenAsync(tenant, place, (byte[])(await read.ExecuteScalarAsync())!, default)).ToNode()!.AsObject();
        document.Remove("form").ShouldBeTrue();
        document.Remove("request").ShouldBeTrue();
        await using var write = older.CreateCommand();
        write.CommandText = $"UPDATE revisions SET CaseBox = $box WHERE ApprovalId = '{id}'";
        write.Parameters.AddWithValue("$box", await seal.SealAsync(tenant, place, CanonicalJson.Of(document).Bytes.AsMemory(), default));
        await write.ExecuteNonQueryAsync();
    }

    private static async Task DoAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> TextsAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
