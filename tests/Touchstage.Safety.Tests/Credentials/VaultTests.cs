using System.Collections.Immutable;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Upstream;

namespace Touchstage.Safety.Tests.Credentials;

public sealed class VaultTests
{
    [Fact]
    public async Task OpenAsync_Bearer_GivesSecretAndToken()
    {
        await using var room = await RoomAsync();
        var opened = await OpenAsync(room);
        opened.RevealAuthentication().Select(h => h.Name).ShouldBe(["Authorization", "Txn-Token"]);
        opened.RevealAuthentication()[0].Value.ShouldBe("Bearer " + SendRoom.Secret);
        opened.RevealSecrets().ShouldBe([SendRoom.Secret, opened.RevealAuthentication()[1].Value]);
    }

    [Fact]
    public async Task OpenAsync_NoAudience_SendsNoToken()
    {
        await using var room = await RoomAsync(audience: null);
        (await OpenAsync(room)).RevealAuthentication().ShouldBe([new("Authorization", "Bearer " + SendRoom.Secret)]);
    }

    [Fact]
    public async Task OpenAsync_ApiKey_StandsInItsOwnHeader()
    {
        await using var room = await RoomAsync("{ type: api_key, header: X-Acme-Key }", audience: null);
        (await OpenAsync(room)).RevealAuthentication().ShouldBe([new("x-acme-key", SendRoom.Secret)]);
    }

    [Fact]
    public async Task OpenAsync_StepToken_AsksForNoSecret()
    {
        await using var room = await RoomAsync("{ type: step_token }", withSecret: false);
        var header = (await OpenAsync(room)).RevealAuthentication().ShouldHaveSingleItem();
        header.Name.ShouldBe("Authorization");
        header.Value["Bearer ".Length..].Split('.').Length.ShouldBe(3);
        room.Walk.Secrets.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAsync_Opened_PrintsNothing()
    {
        await using var room = await RoomAsync();
        var opened = await OpenAsync(room);
        opened.ToString().ShouldBe("***");
        System.Text.Json.JsonSerializer.Serialize(opened.Step.Id).ShouldNotContain(SendRoom.Secret);
        typeof(OpenedConnection).GetProperties().Select(p => p.Name).ShouldBe(["Step", "AccessVersion"], ignoreOrder: true);
        typeof(Secret).GetProperties().ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAsync_SameStepTwice_Throws()
    {
        await using var room = await RoomAsync();
        var tokened = await room.Walk.MintAsync(await room.Walk.PermitAsync(room.Tenant, "refund", """{"id":"p1"}"""));
        (await room.Walk.Vault.OpenAsync(tokened, default)).Refusal.ShouldBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => room.Walk.Vault.OpenAsync(tokened, default));
    }

    [Fact]
    public async Task OpenAsync_NoSecret_IsRefused()
    {
        await using var room = await RoomAsync(withSecret: false);
        (await TryOpenAsync(room)).ShouldBe(CredentialRefusals.MissingSecret);
    }

    [Fact]
    public async Task OpenAsync_StepOfOneTenant_NeverOpensAnothersSecret()
    {
        await using var room = await RoomAsync(withSecret: false);
        var other = await room.ApplyAsync("other", room.Upstream.BaseUrl);
        await room.Walk.SetSecretAsync(other, "billing", SendRoom.Secret);
        (await TryOpenAsync(room)).ShouldBe(CredentialRefusals.MissingSecret);
        room.Walk.Secrets.Asked.ShouldBe([(room.Tenant, "billing")]);

        // The row copied over by somebody who can write to the store does not open either.
        room.Walk.Secrets.Boxes[(room.Tenant, "billing")] = room.Walk.Secrets.Boxes[(other, "billing")];
        (await TryOpenAsync(room)).ShouldBe(CredentialRefusals.Unreadable);
    }

    [Fact]
    public async Task OpenAsync_SecretOfAnotherConnection_DoesNotOpen()
    {
        await using var room = await RoomAsync();
        var box = await room.Walk.Seal.SealAsync(room.Tenant, Secret.PlaceOf("staging", new(ConnectionAuth.Bearer, ImmutableSortedDictionary<string, string>.Empty)), "some-secret"u8.ToArray(), default);
        room.Walk.Secrets.Boxes[(room.Tenant, "billing")] = box;
        (await TryOpenAsync(room)).ShouldBe(CredentialRefusals.Unreadable);
    }

    [Fact]
    public async Task OpenAsync_ChangedRowOrShreddedKey_DoesNotOpen()
    {
        await using var room = await RoomAsync();
        room.Walk.Secrets.Boxes[(room.Tenant, "billing")][20] ^= 1;
        (await TryOpenAsync(room)).ShouldBe(CredentialRefusals.Unreadable);
        room.Walk.Secrets.Boxes[(room.Tenant, "billing")][20] ^= 1;
        (await TryOpenAsync(room)).ShouldBeNull();
        room.Walk.Tenants.Shred(room.Tenant);
        (await TryOpenAsync(room)).ShouldBe(CredentialRefusals.Unreadable);
    }

    private static Task<SendRoom> RoomAsync(string auth = "{ type: bearer }", string? audience = "billing.example", bool withSecret = true) =>
        SendRoom.OpenAsync(e => e.ReplyAsync(200, "application/json", "{}"), auth, audience, withSecret);

    private static async Task<OpenedConnection> OpenAsync(SendRoom room)
    {
        (await room.Walk.OpenAsync(await room.Walk.PermitAsync(room.Tenant, "refund", """{"id":"p1"}"""))).TryGet(out var opened, out var no).ShouldBeTrue(no?.ToString());
        return opened!;
    }

    private static async Task<Refusals.RefusalCode?> TryOpenAsync(SendRoom room) =>
        (await room.Walk.OpenAsync(await room.Walk.PermitAsync(room.Tenant, "refund", """{"id":"p1"}"""))).Refusal?.Code;
}
