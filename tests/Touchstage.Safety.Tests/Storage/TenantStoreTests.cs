using System.Security.Cryptography;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Tenants;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class TenantStoreTests
{
    [Fact]
    public async Task ApplyAsync_NewSameAndChanged_AreToldApartAndWrittenToTheLedger()
    {
        await using var store = new StoreFixture();

        (await store.Tenants.ApplyAsync(Acme, ATenant(Acme), default)).ShouldBe(TenantWrite.Created);
        (await store.Tenants.ApplyAsync(Acme, ATenant(Acme), default)).ShouldBe(TenantWrite.Unchanged);
        (await store.Tenants.ApplyAsync(Acme, ATenant(Acme, "Acme 2"), default)).ShouldBe(TenantWrite.Updated);

        var entries = await store.Ledger.ReadAboutAsync(Acme, "acme", default);
        entries.Select(entry => (entry.Number, entry.Kind)).ShouldBe([(1, LedgerKind.TenantApplied), (2, LedgerKind.TenantApplied)]);
        (await store.Ledger.OpenPayloadAsync(Acme, 2, default)).ShouldNotBeNull().Root.GetProperty("name").GetString().ShouldBe("Acme 2");
        (await store.Changes.NewestAsync(default)).ShouldBe(2);
    }

    [Fact]
    public async Task FindAsync_AppliedTenant_ReadsBackAsGiven()
    {
        await using var store = await WithAcmeAsync();
        var given = ATenant(Acme);

        var found = (await store.Tenants.FindAsync(Acme, default)).ShouldNotBeNull();

        (found.Id, found.Name, found.Digest).ShouldBe((given.Id, given.Name, given.Digest));
        found.Settings.GetProperty("limit").GetDouble().ShouldBe(50.5);
        found.Capabilities.ShouldBe(given.Capabilities);
        var (connection, expected) = (found.Connections["billing"], given.Connections["billing"]);
        (connection.BaseUrl, connection.Audience, connection.IsPrivateNetwork, connection.Auth.Type).ShouldBe((expected.BaseUrl, expected.Audience, false, "api_key"));
        connection.Auth.Parameters["header"].ShouldBe("X-Key");
        var (webhook, declared) = (found.Webhooks["ops"], given.Webhooks["ops"]);
        (webhook.Name, webhook.Url, webhook.IsPrivateNetwork, webhook.Format).ShouldBe((declared.Name, declared.Url, false, "standard"));
        webhook.Events.ShouldBe(declared.Events);
        webhook.For.ShouldBeEmpty();
        var rule = found.Policy.Single();
        (rule.Effect, rule.Condition, rule.Because, rule.For.Single()).ShouldBe(("forbid", "args.amount > 1000.0", "Too much.", "refund_user"));
        (await store.Tenants.FindAsync(Globex, default)).ShouldBeNull();
    }

    [Fact]
    public async Task FindAsync_LimitsAndWatchedRules_ReadBackAsGiven_AndATenantOfBeforeHasNone()
    {
        await using var store = await WithAcmeAsync();
        var given = ATenant(Acme, "With limits") with
        {
            Limits = [new("sum", "args.amount", 99.5m, TimeSpan.FromHours(1), true, false, ["billing/*", "pay"]), new("concurrent", null, 3, TimeSpan.Zero, false, true, [])],
            Policy = [new("review", "args.amount > 10.0", null, [], IsShadow: true)],
        };
        await store.Tenants.ApplyAsync(Acme, given, default);

        var found = (await store.Tenants.FindAsync(Acme, default)).ShouldNotBeNull();
        found.Policy.Single().IsShadow.ShouldBeTrue();
        found.Limits.Select(l => (l.Measure, l.Sum, l.Max, l.Window, l.IsHard, l.Refuses, string.Join(' ', l.For))).ShouldBe(
            [("sum", "args.amount", 99.5m, TimeSpan.FromHours(1), true, false, "billing/* pay"), ("concurrent", null, 3m, TimeSpan.Zero, false, true, "")]);

        await store.TamperAsync("UPDATE tenants SET Manifest = json_remove(Manifest, '$.limits', '$.policy[0].shadow')");
        found = (await store.Tenants.FindAsync(Acme, default)).ShouldNotBeNull();
        found.Limits.ShouldBeEmpty();
        found.Policy.Single().IsShadow.ShouldBeFalse();
    }

    [Fact]
    public async Task FindAsync_TenantAppliedBeforeThereWereWebhooks_HasNone()
    {
        await using var store = await WithAcmeAsync();
        (await store.TamperAsync("UPDATE tenants SET Manifest = json_remove(Manifest, '$.webhooks')")).ShouldBe(1);

        (await store.Tenants.FindAsync(Acme, default)).ShouldNotBeNull().Webhooks.ShouldBeEmpty();
    }

    [Fact]
    public async Task ListAsync_ComesInTheOrderOfNames()
    {
        await using var store = new StoreFixture();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.Tenants.ApplyAsync(Acme, ATenant(Acme), default);

        (await store.Tenants.ListAsync(default)).Select(tenant => tenant.Id).ShouldBe([Acme, Globex]);
    }

    [Fact]
    public async Task GetAsync_EveryTenantItsOwnKeyThatOutlivesTheProcess()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        var acme = (await store.Rooms.Get<ITenantKeys>().NewestAsync(Acme, default)).Reveal().ToArray();
        var globex = (await store.Rooms.Get<ITenantKeys>().NewestAsync(Globex, default)).Reveal().ToArray();
        await store.ReopenAsync();

        acme.Length.ShouldBe(32);
        acme.ShouldNotBe(globex);
        (await store.Rooms.Get<ITenantKeys>().GetAsync(Acme, TenantKey.First, default)).Reveal().ToArray().ShouldBe(acme);
    }

    [Fact]
    public async Task GetAsync_NoTenantOrShreddedOrAnotherTenantsWrappedKey_Throws()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.TamperAsync("UPDATE tenant_keys SET Wrapped = (SELECT Wrapped FROM tenant_keys WHERE Tenant = 'acme') WHERE Tenant = 'globex'");
        await store.TamperAsync("DELETE FROM tenant_keys WHERE Tenant = 'acme'");
        // In the process that had them in its memory, too.
        var keys = store.Rooms.Get<ITenantKeys>();

        await Should.ThrowAsync<CryptographicException>(async () => await keys.NewestAsync(Acme, default));
        await Should.ThrowAsync<CryptographicException>(async () => await keys.NewestAsync(Globex, default));
        await Should.ThrowAsync<CryptographicException>(async () => await keys.NewestAsync(TenantId.Parse("nobody"), default));
    }

    [Fact]
    public async Task ApplyAsync_UnderAnotherName_IsBrokenCode()
    {
        await using var store = new StoreFixture();
        await Should.ThrowAsync<ArgumentException>(() => store.Tenants.ApplyAsync(Globex, ATenant(Acme), default));
    }
}
