using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>Keys are rotated by one process while others, with rings and keys that they have read already, go on.</summary>
public sealed class KeyRotationTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    [Fact]
    public async Task Rotating_everything_while_a_server_runs_interrupts_nothing()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await server.AgentAsync();
        (await server.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);
        await using var operators = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: server.Folder);
        var tenants = operators.Services.GetRequiredService<ITenantKeyAdministration>();

        // Two tenants' keys and the signing key.
        (await tenants.RotateRingAsync(default)).ShouldBe(3);
        (await server.InviteAsync(agent, "two@acme.example")).ShouldBe(ActionStatus.Completed);
        (await tenants.RotateDataAsync(default)).Select(done => (done.Tenant.Value, done.Generation, done.Resealed, done.Unreadable.Count)).ShouldBe([("acme", 2, 2, 0), ("globex", 2, 2, 0)]);
        (await server.InviteAsync(agent, "three@acme.example")).ShouldBe(ActionStatus.Completed);
        (await tenants.RotateRingAsync(default)).ShouldBe(5);
        (await server.InviteAsync(agent, "four@acme.example")).ShouldBe(ActionStatus.Completed);

        upstream.Exchanges.Count(exchange => exchange.Method == "POST").ShouldBe(4);
        var report = await server.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default);
        report.IsSound.ShouldBeTrue();
        report.Tenants.ShouldAllBe(ledger => ledger.ArePayloadsChecked);
        (await server.NumberAsync("SELECT count(*) FROM ledger WHERE Kind = 'tenant.keys_rotated'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_has_run_for_long_unwraps_by_a_key_that_another_process_made_since()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await server.AgentAsync();
        (await server.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);
        EndTheLibrarysFirstMinutes(server.Services.GetRequiredService<KeyRing>());
        await using var operators = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: server.Folder);

        await operators.Services.GetRequiredService<ITenantKeyAdministration>().RotateRingAsync(default);

        (await server.InviteAsync(agent, "two@acme.example")).ShouldBe(ActionStatus.Completed);
    }

    [Fact]
    public async Task A_ring_key_that_wraps_nothing_any_more_can_go()
    {
        await using var upstream = SampleUpstream.Start();
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await first.InviteAsync(await first.AgentAsync(), "one@acme.example");
        var old = Directory.GetFiles(Path.Combine(first.Folder, "data", "keys")).ShouldHaveSingleItem();
        await first.Services.GetRequiredService<ITenantKeyAdministration>().RotateRingAsync(default);
        File.Delete(old);

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);

        (await second.InviteAsync(await second.AgentAsync(), "two@acme.example")).ShouldBe(ActionStatus.Completed);
    }

    [Fact]
    public async Task Two_rotations_at_once_leave_every_secret_readable()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await server.AgentAsync();
        await using var other = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: server.Folder);

        await Task.WhenAll(new[] { server, other, server }.Select((host, n) => Task.Run(async () =>
        {
            var tenants = host.Services.GetRequiredService<ITenantKeyAdministration>();
            await (n == 2 ? (Task)host.InviteAsync(agent, "mid@acme.example") : tenants.RotateRingAsync(default));
            await tenants.RotateDataAsync(default);
        })));

        (await server.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);
        (await other.InviteAsync(agent, "two@acme.example")).ShouldBe(ActionStatus.Completed);
        (await server.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_signing_key_is_published_at_once_and_signs_after_the_overlap()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (admin, keys) = (server.Services.GetRequiredService<ISigningKeyAdministration>(), server.Services.GetRequiredService<SigningKeys>());
        var old = await SignerAsync(keys);

        var next = await admin.RotateAsync(TimeSpan.FromMinutes(10), default);
        var again = await admin.RotateAsync(TimeSpan.FromMinutes(10), default);

        again.KeyId.ShouldBe(next.KeyId);
        (await keys.PublishedAsync(default)).KeyIds.ShouldBe([old, next.KeyId], ignoreOrder: true);
        (await SignerAsync(keys)).ShouldBe(old);
        server.Time.Advance(TimeSpan.FromMinutes(10));
        (await SignerAsync(keys)).ShouldBe(next.KeyId);
        (await StatesAsync(admin)).ShouldBe([(next.KeyId, SigningKeyState.Signing), (old, SigningKeyState.Published)], ignoreOrder: true);
        server.Time.Advance(TimeSpan.FromDays(61) - TimeSpan.FromSeconds(1));
        (await keys.PublishedAsync(default)).KeyIds.ShouldContain(old);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        (await keys.PublishedAsync(default)).KeyIds.ShouldBe([next.KeyId]);
        (await StatesAsync(admin)).ShouldContain((old, SigningKeyState.Retired));
        (await keys.VerifyAsync(old, _ => true, default)).ShouldBeTrue();
        (await keys.KnownAsync(default)).KeyIds.ShouldContain(old);
    }

    [Fact]
    public async Task In_an_emergency_the_next_key_signs_at_once()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (admin, keys) = (server.Services.GetRequiredService<ISigningKeyAdministration>(), server.Services.GetRequiredService<SigningKeys>());
        await SignerAsync(keys);
        var waiting = await admin.RotateAsync(TimeSpan.FromDays(1), default);

        (await admin.RotateAsync(TimeSpan.Zero, default)).KeyId.ShouldBe(waiting.KeyId);

        (await SignerAsync(keys)).ShouldBe(waiting.KeyId);
    }

    [Fact]
    public async Task A_revoked_key_is_gone_at_once_and_another_signs()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var other = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: server.Folder);
        var (admin, keys) = (server.Services.GetRequiredService<ISigningKeyAdministration>(), other.Services.GetRequiredService<SigningKeys>());
        var old = await SignerAsync(keys);

        (await admin.RevokeAsync(old, default)).TryGet(out var revoked, out _).ShouldBeTrue();

        revoked!.State.ShouldBe(SigningKeyState.Revoked);
        var signer = await SignerAsync(keys);
        signer.ShouldNotBe(old);
        (await keys.PublishedAsync(default)).KeyIds.ShouldBe([signer]);
        (await keys.VerifyAsync(old, _ => true, default)).ShouldBeFalse();
        (await keys.KnownAsync(default)).KeyIds.ShouldBe([signer]);
        (await admin.RevokeAsync("nobody", default)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.Value.ShouldBe("unknown_signing_key");
    }

    [Fact]
    public async Task Revoking_an_older_key_leaves_the_signer_alone()
    {
        await using var upstream = SampleUpstream.Start();
        await using var server = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (admin, keys) = (server.Services.GetRequiredService<ISigningKeyAdministration>(), server.Services.GetRequiredService<SigningKeys>());
        var old = await SignerAsync(keys);
        var current = await admin.RotateAsync(TimeSpan.Zero, default);

        await admin.RevokeAsync(old, default);

        (await SignerAsync(keys)).ShouldBe(current.KeyId);
        (await StatesAsync(admin)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("UPDATE secrets SET Box = (SELECT o.Box FROM secrets o WHERE o.Tenant = 'globex' AND o.Connection = secrets.Connection) WHERE Tenant = 'acme'")]
    [InlineData("UPDATE secrets SET Box = (SELECT o.Box FROM secrets o WHERE o.Tenant = 'acme' AND o.Connection = 'billing') WHERE Tenant = 'acme' AND Connection = 'workspace'")]
    [InlineData("UPDATE tenant_keys SET Wrapped = (SELECT o.Wrapped FROM tenant_keys o WHERE o.Tenant = 'globex') WHERE Tenant = 'acme'")]
    [InlineData("UPDATE signing_keys SET SealedPrivateKey = (SELECT Wrapped FROM tenant_keys WHERE Tenant = 'acme')")]
    [InlineData("UPDATE signing_keys SET KeyId = 'another'")]
    public async Task A_row_copied_from_elsewhere_does_not_open(string sql)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        (await host.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);

        await host.TamperAsync(sql);

        (await host.TryInviteAsync(agent, "two@acme.example")).ShouldNotBe(ActionStatus.Completed);
        upstream.Exchanges.Count(exchange => exchange.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task A_wrapped_key_copied_to_another_tenant_does_not_unwrap_there()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var keys = host.Services.GetRequiredService<ITenantKeys>();
        await host.TamperAsync("UPDATE tenant_keys SET Wrapped = (SELECT o.Wrapped FROM tenant_keys o WHERE o.Tenant = 'globex') WHERE Tenant = 'acme'");

        await Should.ThrowAsync<CryptographicException>(async () => await keys.NewestAsync(Acme, default));
        await Should.ThrowAsync<CryptographicException>(async () => await keys.GetAsync(Acme, TenantKey.First, default));

        (await keys.NewestAsync(TenantId.Parse("globex"), default)).Generation.ShouldBe(TenantKey.First);
    }

    [Fact]
    public async Task A_ledger_payload_copied_from_another_tenant_or_entry_does_not_open()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.TamperAsync("UPDATE ledger SET Box = (SELECT o.Box FROM ledger o WHERE o.Tenant = 'globex' AND o.Number = ledger.Number) WHERE Tenant = 'acme' AND Box IS NOT NULL");

        var report = await host.Services.GetRequiredService<ILedger>().VerifyAsync(Acme, null, default);

        report.IsSound.ShouldBeFalse();
        await Should.ThrowAsync<CryptographicException>(() => host.Services.GetRequiredService<ILedgerStore>().OpenPayloadAsync(Acme, 1, default));
    }

    [Fact]
    public async Task Rotating_leaves_an_unreadable_secret_as_it_was_and_names_it()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.TamperAsync("UPDATE secrets SET Box = x'0102' WHERE Tenant = 'acme' AND Connection = 'billing'");

        var done = await host.Services.GetRequiredService<ITenantKeyAdministration>().RotateDataAsync(default);

        done[0].Unreadable.ShouldBe(["billing"]);
        done[0].Resealed.ShouldBe(1);
        (await host.NumberAsync("SELECT length(Box) FROM secrets WHERE Tenant = 'acme' AND Connection = 'billing'")).ShouldBe(2);
    }

    // For two minutes after its start the library itself reads the ring again for a key that it does not know, by a clock that cannot be faked; afterwards it does not for a day.
    private static void EndTheLibrarysFirstMinutes(KeyRing ring)
    {
        var provider = ring.Provider;
        var rings = provider.GetType().GetField("_keyRingProvider", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(provider)!;
        rings.GetType().GetProperty("AutoRefreshWindowEnd", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!.SetValue(rings, DateTime.MinValue);
    }

    private static Task<string> SignerAsync(SigningKeys keys) => keys.SignAsync((keyId, _) => keyId, default);

    private static async Task<IReadOnlyList<(string, SigningKeyState)>> StatesAsync(ISigningKeyAdministration admin) => [.. (await admin.ListAsync(default)).Select(key => (key.KeyId, key.State))];
}
