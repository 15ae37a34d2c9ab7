using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>
/// SIGKILL in the middle of a rotation of keys, under a server that runs: it goes on, another opens the store, and rotating again finishes it. The points are the signing keys' and
/// then each tenant's new wrapping, and then each tenant's new data key; by then the ring has its new key.
/// </summary>
public sealed class CrashedRotationTests
{
    private int amount = 100;

    [Theory]
    [InlineData("rotate/ResealAsync#1", 1, 1)]
    [InlineData("rotate/ResealAsync committing#1", 1, 1)]
    [InlineData("rotate/ResealAsync committed#1", 1, 1)]
    [InlineData("rotate/ResealAsync committed#2", 1, 1)]
    [InlineData("rotate/ResealAsync committed#3", 1, 1)]
    [InlineData("rotate/ResealAsync committing#4", 1, 1)]
    [InlineData("rotate/ResealAsync committed#4", 2, 1)]
    [InlineData("rotate/ResealAsync committed#5", 2, 2)]
    public async Task Killed_while_keys_are_rotated(string point, long acme, long globex)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", """{"open":true,"id":"po_1"}""");
        var upstreamUrl = $"http://localhost:{upstream.Port}";
        await using var running = await TouchstageHost.StartAsync(upstreamUrl, CrashPointTests.Manifest("quorum: 1", "/v1/payments"), replace: Resolve);
        var (agent, ann) = (await running.AgentAsync(), await running.ApproverAsync(subject: "ann@example.com"));
        await ShouldPayAsync(running, agent, ann);

        await CrashProcess.RunAsync([running.Folder, upstreamUrl, point, "rotate", "", "", "0", "/v1/payments", "quorum: 1"]);

        (await GenerationAsync(running, "acme"), await GenerationAsync(running, "globex")).ShouldBe((acme, globex));
        await ShouldPayAsync(running, agent, ann);
        await using var server = await TouchstageHost.StartAsync(upstreamUrl, CrashPointTests.Manifest("quorum: 1", "/v1/payments"), running.Folder, Resolve);
        await ShouldPayAsync(server, agent, ann);
        var keys = server.Services.GetRequiredService<ITenantKeyAdministration>();
        (await keys.RotateRingAsync(default)).ShouldBe((int)(acme + globex) + 1);
        (await keys.RotateDataAsync(default)).Select(done => (done.Tenant.Value, (long)done.Generation, done.Unreadable.Count)).ShouldBe([("acme", acme + 1, 0), ("globex", globex + 1, 0)]);
        await ShouldPayAsync(running, agent, ann);
        await ShouldPayAsync(server, agent, ann);
        (await server.Services.GetRequiredService<ISigningKeyAdministration>().ListAsync(default)).ShouldAllBe(key => key.Opens);
        var report = await server.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default);
        report.IsSound.ShouldBeTrue();
        report.Tenants.ShouldAllBe(ledger => ledger.ArePayloadsChecked);
    }

    private static Task<long> GenerationAsync(TouchstageHost host, string tenant) => host.NumberAsync($"SELECT max(Generation) FROM tenant_keys WHERE Tenant = '{tenant}'");

    private static void Resolve(IServiceCollection services) => services.AddSingleton<Safety.Egress.IHostResolver>(new HookedStores());

    private async Task ShouldPayAsync(TouchstageHost host, string agent, string ann)
    {
        var id = await host.HeldAsync(agent, $$"""{"to":"ann","amount":{{Interlocked.Increment(ref amount)}},"pin":"canary"}""");
        (await host.VoteAsync(ann, id)).Take().WasRecorded.ShouldBeTrue();
        await host.DoDueWorkAsync();
        (await host.ApprovalAsync(ann, id)).State.ShouldBe(Safety.Approvals.ApprovalState.Succeeded);
    }
}
