using System.Text;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps.Introspection;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Steps.Introspection;

public sealed class IntrospectionClientsTests
{
    [Theory]
    [InlineData("nobody", "billing", "There is no tenant nobody.")]
    [InlineData("acme", "nowhere", "It has: billing, mute, workspace.")]
    [InlineData("acme", "mute", "names no audience")]
    [InlineData("acme", "", "no connection of that name")]
    public async Task CreateAsync_WithoutAConnectionThatGetsTokens_IsRefused(string tenant, string connection, string reason)
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        Tenants.TenantId.TryParse(tenant, out var id).ShouldBeTrue();

        (await fixture.Clients.CreateAsync(id!, connection, default)).TryGet(out _, out var refusal).ShouldBeFalse();

        refusal!.Code.ShouldBe(IntrospectionRefusals.ClientRefused);
        refusal.Reason.ShouldContain(reason);
        (await fixture.Clients.ListAsync(id!, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CreateAsync_DeletedTenant_IsRefused()
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        (await fixture.Store.TamperAsync("UPDATE tenants SET DeletedAt = 1 WHERE Id = 'acme'")).ShouldBe(1);

        (await fixture.Clients.CreateAsync(Acme, "billing", default)).Refusal!.Code.ShouldBe(IntrospectionRefusals.ClientRefused);
    }

    [Fact]
    public async Task CreateAsync_Secret_Has256BitsAndIsKeptAsAHashAlone()
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var (one, other) = (await fixture.ClientAsync(), await fixture.ClientAsync());

        one.Client.Id.ShouldStartWith("icl_");
        one.Secret.Reveal().ShouldMatch("^ics_[A-Za-z0-9_-]{43}$");
        one.Secret.Reveal().ShouldNotBe(other.Secret.Reveal());
        $"{one.Secret}{one}".ShouldNotContain(one.Secret.Reveal());
        await fixture.Store.CloseAsync();
        fixture.Store.DiskText().ShouldNotContain(one.Secret.Reveal());
    }

    [Fact]
    public async Task CreateAndRevoke_AreInTheTenantsLedgerWithoutTheSecret()
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var client = await fixture.ClientAsync();

        (await fixture.Clients.RevokeAsync(client.Client.Id, default)).TryGet(out var revoked, out _).ShouldBeTrue();
        fixture.Store.Time.Advance(TimeSpan.FromMinutes(1));
        (await fixture.Clients.RevokeAsync(client.Client.Id, default)).TryGet(out var again, out _).ShouldBeTrue();

        revoked.ShouldBe(client.Client with { RevokedAt = client.Client.CreatedAt });
        again.ShouldBe(revoked);
        var entries = await fixture.Store.Ledger.ReadAboutAsync(Acme, client.Client.Id, default);
        entries.Select(entry => entry.Kind).ShouldBe([LedgerKind.IntrospectionClientCreated, LedgerKind.IntrospectionClientRevoked]);
        foreach (var text in entries.Select(entry => Encoding.UTF8.GetString(entry.Bytes.AsSpan())))
        {
            text.ShouldContain("\"connection\":\"billing\"");
            text.ShouldNotContain("ics_");
        }
    }

    [Fact]
    public async Task RevokeAsync_NoSuchClient_IsRefused()
    {
        await using var fixture = await IntrospectionFixture.StartAsync();

        (await fixture.Clients.RevokeAsync("icl_none", default)).Refusal!.Code.ShouldBe(IntrospectionRefusals.ClientRefused);
    }

    [Fact]
    public async Task ListAsync_HasTheTenantsOwnNewestFirstAndTheRevokedOnes()
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var first = await fixture.ClientAsync();
        fixture.Store.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await fixture.ClientAsync(connection: "workspace");
        await fixture.ClientAsync(Globex);
        await fixture.Clients.RevokeAsync(first.Client.Id, default);

        var listed = await fixture.Clients.ListAsync(Acme, default);

        listed.Select(client => client.Id).ShouldBe([second.Client.Id, first.Client.Id]);
        listed.Select(client => client.RevokedAt is null).ShouldBe([true, false]);
    }
}
