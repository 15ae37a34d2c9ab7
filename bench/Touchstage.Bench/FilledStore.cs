using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Bench;

/// <summary>
/// A store in a folder of its own with so many approvals pending. Those that are looked at were proposed by an agent and held by the product itself; behind them, later to
/// expire, stand copies of their rows, so that a hundred thousand take seconds. A copy does not open: what is sealed in it is sealed for another place.
/// </summary>
internal sealed class FilledStore : IAsyncDisposable
{
    private const int MostHeld = 500;
    private const int AtOnce = 16;

    private const string Id = "'apr_copy' || n";
    private const string Later = "r.ExpiresAt + 3600000000 + n * 1000";

    private const string Manifest = """
        capability: send_gift
        title: Send a gift card
        description: Send a gift card of some amount to a customer.
        connection: shop
        effects: additive
        input:
          type: object
          required: [customer, amount]
          properties:
            customer: { type: string, pattern: "^cus_[a-z0-9]+$" }
            amount: { type: number, exclusiveMinimum: 0, multipleOf: 0.01 }
            note: { type: string, maxLength: 200 }
        request: { method: POST, path: "/v1/customers/{customer}/gifts" }
        approval:
          approvers: [support]
          max_pending: 1000
          summary: "Send a gift card of {amount} to {customer}"
        """;

    private const string TenantManifest = """
        tenant: acme
        name: Acme Inc.
        capabilities: [send_gift]
        connections:
          shop: { baseUrl: "https://shop.example", audience: shop, auth: { type: step_token } }
        """;

    private readonly ServiceProvider services;
    private readonly string folder;

    private FilledStore(ServiceProvider services, string folder, Caller approver)
    {
        this.services = services;
        this.folder = folder;
        Approver = approver;
    }

    /// <summary>The library's desk, as every door uses it.</summary>
    public IApprovals Approvals => services.GetRequiredService<IApprovals>();

    /// <summary>Somebody who may decide all of it.</summary>
    public Caller Approver { get; }

    public static async Task<FilledStore> CreateAsync(int pending)
    {
        var home = Directory.CreateTempSubdirectory("touchstage-bench-").FullName;
        var capabilities = Directory.CreateDirectory(Path.Combine(home, "capabilities")).FullName;
        await File.WriteAllTextAsync(Path.Combine(capabilities, "send_gift.yaml"), Manifest);
        var collection = new ServiceCollection();
        collection.AddTouchstageSafety(options =>
        {
            options.DataDirectory = Path.Combine(home, "data");
            options.CapabilitiesDirectory = capabilities;
        });
        var library = collection.BuildServiceProvider();
        Demand((await library.StartTouchstageSafetyAsync(default)).Problems);
        Demand((await library.GetRequiredService<ITenantAdministration>().ApplyAsync("acme.yaml", TenantManifest, default)).Problems);
        await HoldAsync(library, Math.Min(pending, MostHeld));
        await CopyAsync(Path.Combine(home, "data", "touchstage.db"), Math.Max(0, pending - MostHeld));
        var approver = await library.GetRequiredService<ICallers>().IdentifyAsync(await SessionAsync(library, "boss", SessionKind.Approver, "support"), default);
        return approver.TryGet(out var caller, out var refusal) ? new(library, home, caller) : throw new InvalidOperationException(refusal.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task HoldAsync(ServiceProvider services, int pending)
    {
        var actions = services.GetRequiredService<IActions>();
        var key = await SessionAsync(services, "agent", SessionKind.Agent, "sales");
        await Parallel.ForEachAsync(Enumerable.Range(0, pending), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
        {
            var arguments = string.Create(CultureInfo.InvariantCulture, $$"""{"customer":"cus_{{number}}","amount":25,"note":"For the broken delivery."}""");
            var outcome = await actions.RunAsync(key, new("send_gift", arguments, Narrative.None), cancellation);
            if (outcome.Approval is null)
            {
                throw new InvalidOperationException($"The call was not held: {outcome.Status}.");
            }
        });
    }

    private static async Task CopyAsync(string file, int copies)
    {
        await using var store = new SqliteConnection($"Data Source={file};Pooling=False");
        await store.OpenAsync();
        await RunAsync(store, "CREATE TEMP TABLE copies AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < $copies) SELECT n FROM c WHERE n <= $copies;".Replace("$copies", copies.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await RunAsync(store, "CREATE TEMP TABLE model AS SELECT * FROM approvals LIMIT 1;");
        await RunAsync(store, "BEGIN;");
        await CopyAsync(store, "approvals", "model AS r", ("Id", Id), ("ExpiresAt", Later), ("ActionDigest", "'sha256:' || lower(hex(randomblob(32)))"), ("RequesterKey", "'acme/touchstage/agent-' || (n / 1000)"));
        await CopyAsync(store, "revisions", "(SELECT revisions.* FROM revisions JOIN model ON ApprovalId = model.Id) AS r", ("ApprovalId", Id));
        await CopyAsync(store, "approval_roles", "(SELECT approval_roles.* FROM approval_roles JOIN model ON ApprovalId = model.Id) AS r", ("ApprovalId", Id), ("ExpiresAt", Later));
        await RunAsync(store, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private static async Task CopyAsync(SqliteConnection store, string table, string source, params (string Column, string Value)[] changed)
    {
        var columns = new List<string>();
        await using (var query = store.CreateCommand())
        {
            query.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            await using var names = await query.ExecuteReaderAsync();
            while (await names.ReadAsync())
            {
                columns.Add(names.GetString(0));
            }
        }

        var values = columns.Select(column => changed.FirstOrDefault(change => change.Column == column).Value ?? $"r.\"{column}\"");
        await RunAsync(store, $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values)} FROM copies, {source};");
    }

    private static async Task RunAsync(SqliteConnection store, string sql)
    {
        await using var command = store.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> SessionAsync(ServiceProvider services, string subject, SessionKind kind, string role)
    {
        if (!TenantId.TryParse("acme", out var tenant))
        {
            throw new InvalidOperationException("The tenant has no id.");
        }

        var created = await services.GetRequiredService<ISessionAdministration>().CreateAsync(tenant, new(subject, null, kind, [role], "bench", TimeSpan.FromDays(2)), default);
        return created.TryGet(out var session, out var refusal) ? session.Key.Reveal() : throw new InvalidOperationException(refusal.ToString());
    }

    private static void Demand<T>(IReadOnlyList<T> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', problems));
        }
    }
}
