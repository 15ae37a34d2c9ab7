using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>
/// What an approver waits for must not grow with what is pending. SQLite plans without statistics, so the plan on a small store is the plan on a large one: every
/// query of listing, opening and deciding must find its rows by an index, approvals by their ids and never by their state.
/// </summary>
public sealed class HotQueriesTests
{
    [Theory]
    [InlineData("list")]
    [InlineData("list on")]
    [InlineData("open")]
    [InlineData("decide")]
    public async Task EveryQuery_FindsItsRowsByAnIndex(string verb)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.CallerAsync(await host.ApproverAsync()));
        var desk = host.Services.GetRequiredService<IApprovals>();
        foreach (var amount in (double[])[60, 70, 80])
        {
            await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount });
        }

        var page = await desk.QueueAsync(approver, new(null, null, false, null, 1), default);
        var plans = await PlansAsync(host.StorePath, () => verb switch
        {
            "list" => desk.QueueAsync(approver, new(null, null, false, null, 1), default),
            "list on" => desk.QueueAsync(approver, new(null, null, false, page.Next, 1), default),
            "open" => desk.FindAsync(approver, page.Items[0].Id, default),
            _ => desk.DecideAsync(approver, new(page.Items[0].Id, VoteDecision.Approve, "", DecisionChannel.Cli, page.Items[0].RevisionDigest, null), default),
        });

        plans.ShouldNotBeEmpty();
        plans.ShouldAllBe(plan => !Wanders(plan));
    }

    [Theory]
    [InlineData("SELECT * FROM approvals AS a WHERE a.Tenant = 'acme' AND a.State = 'Pending'")]
    [InlineData("SELECT * FROM approvals AS a WHERE a.Tenant = 'acme' AND a.State = 'Pending' AND a.Id IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT * FROM approvals AS a WHERE a.Capability = 'refund_user'")]
    [InlineData("SELECT * FROM approval_roles AS a WHERE a.Tenant = 'acme' ORDER BY a.ApprovalId LIMIT 5")]
    [InlineData("SELECT count(*) FROM votes AS v")]
    public async Task APlanThatWanders_IsSeen(string sql)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        (await ExplainAsync(host.StorePath, [(sql, [])])).ShouldContain(plan => Wanders(plan));
    }

    // A whole table; all of a tenant's rows, or all of one state; or rows that are sorted only to take the first. The server's few signing keys are read whole.
    private static bool Wanders(Plan plan) => !plan.Sql.Contains("FROM \"signing_keys\"", StringComparison.Ordinal) && plan.Steps.Any(step =>
        (step.StartsWith("SCAN ", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW" && !plan.Steps.Contains("CO-ROUTINE " + step[5..], StringComparer.Ordinal))
        || step.Contains("State=?", StringComparison.Ordinal)
        || (step.EndsWith("(Tenant=?)", StringComparison.Ordinal) && plan.Sql.Contains("approval", StringComparison.Ordinal))
        || (step.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal) && plan.Sql.Contains("LIMIT", StringComparison.Ordinal)));

    private static async Task<IReadOnlyList<Plan>> PlansAsync(string file, Func<Task> act)
    {
        var queries = new List<(string Sql, (string Name, object? Value)[] Parameters)>();
        using (new Commands(file, queries))
        {
            await act();
        }

        return await ExplainAsync(file, queries);
    }

    private static async Task<IReadOnlyList<Plan>> ExplainAsync(string file, IReadOnlyList<(string Sql, (string Name, object? Value)[] Parameters)> queries)
    {
        await using var store = new SqliteConnection($"Data Source={file};Pooling=False");
        await store.OpenAsync();
        var plans = new List<Plan>();
        foreach (var (sql, parameters) in queries)
        {
            await using var explain = store.CreateCommand();
            explain.CommandText = "EXPLAIN QUERY PLAN " + sql;
            foreach (var (name, value) in parameters)
            {
                explain.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            await using var reader = await explain.ExecuteReaderAsync();
            var steps = new List<string>();
            while (await reader.ReadAsync())
            {
                steps.Add(reader.GetString(3));
            }

            plans.Add(new(sql, steps));
        }

        return plans;
    }

    private sealed record Plan(string Sql, IReadOnlyList<string> Steps)
    {
        public override string ToString() => $"{string.Join("; ", Steps)} <- {Sql}";
    }

    private sealed class Commands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly List<(string Sql, (string Name, object? Value)[] Parameters)> heard;
        private readonly string file;
        private readonly List<IDisposable> subscriptions = [];

        public Commands(string file, List<(string Sql, (string Name, object? Value)[] Parameters)> heard)
        {
            (this.file, this.heard) = (file, heard);
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandEventData { Command: var command } data && value.Key == RelationalEventId.CommandExecuting.Name
                && command.Connection?.DataSource == file && !command.CommandText.StartsWith("PRAGMA", StringComparison.Ordinal))
            {
                lock (heard)
                {
                    heard.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
                }
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
