using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Storage;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A22_WhatItDependsOnIsDown
{
    [Theory]
    [InlineData("steps")]
    [InlineData("limit_uses")]
    [InlineData("ledger")]
    [InlineData("ledger_heads")]
    [InlineData("changes")]
    public async Task ATableThatTakesNoMoreRows_LetsNothingThrough_AndRecordsNothing(string table)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        await host.TamperAsync($"CREATE TRIGGER full BEFORE {(table is "ledger_heads" ? "UPDATE" : "INSERT")} ON {table} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

        (await host.InviteAsync(agent, "eve@acme.example").OrExceptionAsync())?.Status.ShouldNotBe(ActionStatus.Completed);
        (await host.InviteAsync(agent, "bob@acme.example", "admin").OrExceptionAsync())?.Status.ShouldBe(ActionStatus.PendingApproval);

        upstream.Exchanges.ShouldBeEmpty();
        (await host.NumberAsync("SELECT (SELECT count(*) FROM steps) + (SELECT count(*) FROM limit_uses)")).ShouldBe(0);
        (await host.NumberAsync("SELECT count(*) FROM approvals")).ShouldBe(table is "steps" or "limit_uses" ? 1 : 0);
        await host.TamperAsync("DROP TRIGGER full");
        (await host.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
    }

    [Fact]
    public async Task AStoreLockedByAnother_LetsNothingThrough()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        await using (var holder = await host.OpenRawAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync();
            (await Should.ThrowAsync<StoreException>(() => host.InviteAsync(agent, "eve@acme.example"))).Code.ShouldBe(StoreException.Locked);
        }

        upstream.Exchanges.ShouldBeEmpty();
        (await host.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("refused")]
    [InlineData("misfit")]
    [InlineData("not json")]
    [InlineData("oversized")]
    [InlineData("endless")]
    [InlineData("empty")]
    [InlineData("slow")]
    public async Task AFactThatCannotBeHad_IsNotTakenForTrue(string how)
    {
        var asked = new TaskCompletionSource();
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            asked.TrySetResult();
            await (how switch
            {
                _ when exchange.Method != "GET" => Scene.AnswerAsync(exchange),
                "down" => exchange.ReplyAsync(500, "application/json", """{"email_verified":true}"""),
                "refused" => exchange.ReplyAsync(403, "application/json", """{"email_verified":true}"""),
                "misfit" => exchange.ReplyAsync(200, "application/json", """{"email_verified":"true"}"""),
                "oversized" => exchange.ReplyAsync(200, "application/json", $$"""{"email_verified":true,"more":"{{new string('x', 70_000)}}"}"""),
                "endless" => EndlessAsync(exchange),
                "empty" => exchange.ReplyAsync(204, "application/json", ""),
                "not json" => exchange.ReplyAsync(200, "text/html", """{"email_verified":true}"""),
                _ => Replacing.Never<int>().WaitAsync(exchange.Stopped),
            });
        });
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var call = host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 20 });
        await asked.Task;
        if (how is "slow")
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        (await call).Status.ShouldBe(ActionStatus.PendingApproval);
        upstream.Writes().ShouldBe(0);
    }

    private static async Task EndlessAsync(FakeExchange exchange)
    {
        await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (!exchange.Stopped.IsCancellationRequested)
        {
            await exchange.WriteAsync($"1000\r\n{new string(' ', 0x1000)}\r\n");
        }
    }

    [Theory]
    [InlineData("signing keys")]
    [InlineData("secrets")]
    [InlineData("journal")]
    [InlineData("sessions")]
    public async Task AStoreThatThrows_LetsNothingThrough(string which)
    {
        var (stores, sessions) = (new HookedStores(), false);
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: services =>
        {
            stores.Replace(services);
            services.Around<ISessionStore>(real => new GatedSessions(real, () => sessions));
        });
        var agent = await host.AgentAsync();
        Set(isDown: true);

        (await host.InviteAsync(agent, "eve@acme.example").OrExceptionAsync())?.Status.ShouldBe(ActionStatus.Failed);

        upstream.Exchanges.ShouldBeEmpty();
        Set(isDown: false);
        (await host.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);

        void Set(bool isDown)
        {
            Task Fault() => isDown ? throw new IOException("down") : Task.CompletedTask;
            stores.BeforeKey = which is "signing keys" ? Fault : () => Task.CompletedTask;
            stores.BeforeSecret = which is "secrets" ? Fault : () => Task.CompletedTask;
            sessions = isDown && which is "sessions";
            stores.Journal.OnAdmit = async (_, admit) =>
            {
                await (which is "journal" ? Fault() : Task.CompletedTask);
                return await admit();
            };
        }
    }

    [Fact]
    public async Task ALostKeyRing_OpensNothing()
    {
        await using var upstream = SampleUpstream.Start();
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await first.AgentAsync();
        (await first.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        foreach (var key in Directory.GetFiles(Path.Combine(first.Folder, "data", "keys")))
        {
            File.Delete(key);
        }

        (await Should.ThrowAsync<StoreException>(() => TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder))).Code.ShouldBe(StoreException.KeyRing);
        (await first.InviteAsync(agent, "bob@acme.example").OrExceptionAsync())?.Status.ShouldNotBe(ActionStatus.Completed);

        upstream.Writes().ShouldBe(1);
    }

    private sealed class GatedSessions(ISessionStore real, Func<bool> isDown) : ISessionStore
    {
        public Task<SessionWrite> AddAsync(Safety.Tenants.TenantId tenant, SessionRecord session, string keyHash, CancellationToken cancellation) =>
            real.AddAsync(tenant, session, keyHash, cancellation);

        public Task<SessionRecord?> FindByKeyHashAsync(string keyHash, CancellationToken cancellation) =>
            isDown() ? throw new IOException("down") : real.FindByKeyHashAsync(keyHash, cancellation);

        public Task<SessionRecord?> FindAsync(Safety.Tenants.TenantId tenant, string sessionId, CancellationToken cancellation) => real.FindAsync(tenant, sessionId, cancellation);

        public Task<IReadOnlyList<SessionRecord>> ListAsync(Safety.Tenants.TenantId tenant, CancellationToken cancellation) => real.ListAsync(tenant, cancellation);

        public Task<SessionWrite> RevokeAsync(Safety.Tenants.TenantId tenant, string sessionId, DateTimeOffset at, CancellationToken cancellation) =>
            real.RevokeAsync(tenant, sessionId, at, cancellation);
    }
}
