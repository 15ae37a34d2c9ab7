using System.Globalization;
using Microsoft.Data.Sqlite;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>
/// SIGKILL at every point of a call's life. Afterwards the ledger and what the upstream received agree, or the ledger says that nobody knows; and
/// nothing is ever sent twice.
/// </summary>
[Collection(PayoutCollection.Name)]
public sealed class CrashTests(PayoutDeployment deployment)
{
    private const string Payout = "POST /v1/payouts";
    private const string Fact = "GET /v1/account";

    [Fact]
    public async Task Killed_before_record_nothing_happened_and_the_call_can_be_made_again()
    {
        // The server dies while it asks for the fact.
        await KilledDuringAsync("pay_checked", 11, Fact, static _ => Task.CompletedTask);

        // What was recorded is the look-up, which is a step of its own; the action is not.
        (await ReplayAsync(await RecordedAsync(11))).ShouldContain("declared fact");
        await deployment.LedgerShouldBeSoundAsync();

        var received = deployment.Upstream.Lines.Count;
        var server = await deployment.ServeAsync();
        await using var process = server.Process;
        await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
        var call = agent.AnswerAsync("pay_checked", new { amount = 11 });
        await (await NextAsync(Fact)).AnswerAsync("""{"open":true}""");
        await (await NextAsync(Payout)).AnswerAsync("""{"id":"po_1"}""");
        (await call).Text("status").ShouldBe("completed");
        deployment.Upstream.Lines.Skip(received).ShouldBe([Fact, Payout]);
    }

    [Fact]
    public async Task Killed_after_record_and_before_send_the_ledger_says_unknown_and_nothing_is_sent()
    {
        // The other side has taken the connection and the TLS handshake has begun: the step stands recorded, and no byte of the request has left.
        await KilledDuringAsync("pay_securely", 12, "", static request =>
        {
            request.IsTlsHello.ShouldBeTrue();
            return Task.CompletedTask;
        });

        await ShouldNotBeSentAgainAsync("pay_securely", 12);
    }

    [Fact]
    public async Task Killed_after_send_and_before_the_answer_the_ledger_says_unknown_and_it_is_not_sent_again()
    {
        await KilledDuringAsync("pay_out", 13, Payout, static _ => Task.CompletedTask);

        await ShouldNotBeSentAgainAsync("pay_out", 13);
    }

    [Fact]
    public async Task Killed_after_the_answer_and_before_settle_the_ledger_says_unknown_and_it_is_not_sent_again()
    {
        // Another process holds the write lock, so the server has the answer and cannot write it down.
        await using var other = new SqliteConnection($"Data Source={Path.Combine(deployment.Data, "touchstage.db")};Pooling=False");
        await other.OpenAsync();
        await KilledDuringAsync("pay_out", 14, Payout, async request =>
        {
            await ExecuteAsync(other, "BEGIN IMMEDIATE");
            await request.AnswerAsync("""{"id":"po_2"}""");
            await request.ClosedByPeerAsync();
        });

        await ExecuteAsync(other, "ROLLBACK");
        await ShouldNotBeSentAgainAsync("pay_out", 14);
    }

    [Theory]
    [InlineData(15, true, "completed (settled_by_evidence), by look-up ")]
    [InlineData(16, false, "failed (settled_by_evidence), by look-up ")]
    public async Task Killed_after_send_where_the_upstream_can_be_asked_evidence_settles_it_and_it_is_not_sent_again(int amount, bool happened, string settled)
    {
        await KilledDuringAsync("pay_surely", amount, Payout, static _ => Task.CompletedTask);
        var step = await RecordedAsync(amount);
        var received = deployment.Upstream.Lines.Count;
        var server = await deployment.ServeAsync();
        await using var process = server.Process;

        var lookUp = await NextAsync($"GET /v1/payouts?key={step} ");
        await lookUp.AnswerAsync(happened ? $$"""{"payouts":[{"key":"{{step}}"}]}""" : """{"payouts":[]}""");

        // The answer is written down a moment later; telling it takes a moment too.
        var told = "";
        for (var left = 20; left > 0 && !told.Contains(settled, StringComparison.Ordinal); left--)
        {
            told = await ReplayAsync(step);
        }

        told.ShouldContain(settled);
        await deployment.LedgerShouldBeSoundAsync();
        deployment.Upstream.Lines.Skip(received).ShouldBe([$"GET /v1/payouts?key={step}"]);
        if (happened)
        {
            await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
            var again = await agent.AnswerAsync("pay_surely", new { amount });
            (again.Text("status"), again.Text("code"), again.Text("step")).ShouldBe(("completed", "settled_by_evidence", step));
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Kills the server when the upstream has something and <paramref name="reached"/> is done.</summary>
    private async Task KilledDuringAsync(string tool, int amount, string line, Func<HeldRequest, Task> reached)
    {
        var server = await deployment.ServeAsync();
        var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
        var call = agent.AnswerAsync(tool, new { amount });
        var request = await NextAsync(line);
        await reached(request);
        call.IsCompleted.ShouldBeFalse();
        await server.Process.KillAsync();
        await Should.ThrowAsync<Exception>(() => call.WaitAsync(Patience.ForAnEvent));
        try
        {
            await agent.DisposeAsync();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // There is no server to say goodbye to.
        }
    }

    private async Task<HeldRequest> NextAsync(string line)
    {
        var request = await deployment.Upstream.NextAsync();
        request.Text.ShouldStartWith(line);
        return request;
    }

    private async Task ShouldNotBeSentAgainAsync(string tool, int amount)
    {
        var step = await RecordedAsync(amount);
        (await ReplayAsync(step)).ShouldContain("not settled: it may or may not have happened");
        await deployment.LedgerShouldBeSoundAsync();

        var received = deployment.Upstream.Lines.Count;
        var server = await deployment.ServeAsync();
        await using var process = server.Process;
        await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
        var answer = await agent.CallAsync(tool, new { amount });
        answer.IsError.ShouldBe(true);
        var envelope = answer.StructuredContent!.Value;
        envelope.Text("status").ShouldBe("unknown");
        envelope.Text("step").ShouldBe(step);
        deployment.Upstream.Lines.Count.ShouldBe(received, string.Create(CultureInfo.InvariantCulture, $"{tool} of {amount} was sent again"));
    }

    private Task<string> ReplayAsync(string step) => deployment.DoAsync("replay", step, "--tenant", "acme");

    // Every test has an amount of its own.
    private async Task<string> RecordedAsync(int amount) => (await deployment.LedgerAsync("acme"))
        .Where(entry => entry.Text("kind") == "step.recorded" && !entry.GetProperty("body").TryGetProperty("verifies", out _) && entry.GetProperty("body").GetProperty("arguments").GetProperty("amount").GetInt32() == amount)
        .Select(entry => entry.Text("subject"))
        .ShouldHaveSingleItem();
}
