using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A deleted tenant does nothing any more, in any process; a shredded one leaves nothing that opens.</summary>
public sealed class TenantDeletionTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    [Fact]
    public async Task A_deleted_tenant_does_nothing_any_more_and_its_name_is_not_given_again()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: host.Folder);
        var (agent, boss) = (await host.AgentAsync(), await host.ApproverAsync());
        var held = await HeldAsync(host, agent);
        (await host.DecideAsync(boss, held, Touchstage.Safety.Approvals.VoteDecision.Approve)).TryGet(out _, out _).ShouldBeTrue();

        var deleted = await DeleteAsync(host, shred: false);
        await server.DoDueWorkAsync();

        (deleted.Sessions, deleted.Approvals, deleted.InFlight, deleted.IsShredded).ShouldBe((2, 1, 0, false));
        upstream.Exchanges.ShouldBeEmpty();
        (await server.NumberAsync("SELECT count(*) FROM steps")).ShouldBe(0);
        (await server.TryInviteAsync(agent, "eve@acme.example")).ShouldNotBe(ActionStatus.Completed);
        (await server.Services.GetRequiredService<ITenantAdministration>().ShowAsync(Acme, default)).ShouldBeNull();
        var again = await server.Services.GetRequiredService<ITenantAdministration>().ApplyAsync("acme.yaml", "tenant: acme\nname: A\ncapabilities: []\nconnections: {}\n", default);
        again.Outcome.ShouldBe(TenantWrite.Deleted);
        again.Problems.ShouldHaveSingleItem().Message.ShouldContain("tenant_deleted");
        (await server.Services.GetRequiredService<ISecretAdministration>().SetAsync(Acme, "billing", "another-secret"u8.ToArray(), default)).TryGet(out _, out _).ShouldBeFalse();
        (await server.Services.GetRequiredService<ISessionAdministration>().CreateAsync(Acme, new("a@b.example", null, SessionKind.Agent, [], "t", TimeSpan.FromDays(1)), default)).TryGet(out _, out _).ShouldBeFalse();
        var report = await server.Services.GetRequiredService<ILedger>().VerifyAsync(Acme, null, default);
        report.IsSound.ShouldBeTrue();
        report.Tenants[0].ArePayloadsChecked.ShouldBeTrue();
        (await server.NumberAsync("SELECT count(*) FROM ledger WHERE Tenant = 'acme' AND Kind = 'tenant.deleted'")).ShouldBe(1);
        (await server.InviteAsync(await server.AgentAsync("globex"), "eve@globex.example")).ShouldBe(ActionStatus.Completed);
    }

    [Fact]
    public async Task A_shredded_tenant_leaves_no_byte_of_its_keys_and_a_sound_ledger()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        (await host.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);
        var step = await host.TextAsync("SELECT Id FROM steps WHERE Tenant = 'acme' LIMIT 1");
        var sealedBytes = new[] { "SELECT Wrapped FROM tenant_keys WHERE Tenant = 'acme'", "SELECT Box FROM secrets WHERE Tenant = 'acme' AND Connection = 'billing'" };
        var needles = new List<byte[]>();
        foreach (var sql in sealedBytes)
        {
            needles.Add(await host.BytesAsync(sql));
        }

        needles.ShouldAllBe(needle => host.DiskHolds(needle));

        var deleted = await DeleteAsync(host, shred: true);

        (deleted.IsShredded, deleted.IsErased).ShouldBe((true, true));
        needles.ShouldAllBe(needle => !host.DiskHolds(needle));
        var report = await host.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default);
        report.IsSound.ShouldBeTrue();
        report.Tenants.Single(ledger => ledger.Tenant == "acme").ArePayloadsChecked.ShouldBeFalse();
        (await host.Services.GetRequiredService<IReplays>().ReplayAsync(Acme, step, default)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.Value.ShouldBe("tenant_shredded");
        (await DeleteAsync(host, shred: true)).IsErased.ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_in_flight_settles_after_its_tenant_was_shredded()
    {
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            asked.TrySetResult();
            await go.Task;
            await exchange.ReplyAsync(200, "application/json", """{"member_id":"mem_1","status":"invited"}""");
        });
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var call = host.TryInviteAsync(await host.AgentAsync(), "one@acme.example");
        await asked.Task;

        (await DeleteAsync(host, shred: true)).InFlight.ShouldBe(1);
        go.SetResult();
        await call;

        (await host.NumberAsync("SELECT count(*) FROM steps WHERE SettledAt IS NOT NULL")).ShouldBe(1);
        (await host.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
    }

    private static async Task<string> HeldAsync(TouchstageHost host, string agent)
    {
        var outcome = await host.CallAsync(agent, "invite_member", new { email = "bob@acme.example", role = "admin" });
        outcome.Status.ShouldBe(ActionStatus.PendingApproval, outcome.Reason);
        return outcome.Approval!.Id;
    }

    private static async Task<DeletedTenant> DeleteAsync(TouchstageHost host, bool shred) =>
        (await host.Services.GetRequiredService<ITenantAdministration>().DeleteAsync(Acme, shred, default)).TryGet(out var deleted, out var refusal) ? deleted : throw new InvalidOperationException(refusal.ToString());
}
