using System.Collections.Immutable;
using System.Security.Cryptography;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Storage;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>Access and refresh tokens in the real store, and what somebody with its file can make of them.</summary>
public sealed class KeptAccessTests
{
    private const string Billing = "billing";

    [Fact]
    public async Task ARefreshWithoutRotation_KeepsTheRefreshTokenThatIsThere()
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await GrantAsync(room, Acme, Billing, "t0", "r0");

        await RefreshAsync(room, new("t1", null, room.Now));

        var kept = await KeptAsync(room, Acme, Billing);
        using var refresh = await BoxesOf(room).OpenRefreshAsync(Acme, Named(Billing), kept.RefreshBox!.Value, default);
        (refresh.RevealText(), await AccessAsync(room, Acme, Billing)).ShouldBe(("r0", "t1"));
    }

    [Fact]
    public async Task ARefreshWithRotation_ReplacesIt()
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await GrantAsync(room, Acme, Billing, "t0", "r0");

        await RefreshAsync(room, new("t1", "r1", room.Now));

        using var refresh = await BoxesOf(room).OpenRefreshAsync(Acme, Named(Billing), (await KeptAsync(room, Acme, Billing)).RefreshBox!.Value, default);
        refresh.RevealText().ShouldBe("r1");
    }

    [Fact]
    public async Task WhatIsNotThere_IsNull_AndNotEmpty()
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await RefreshAsync(room, new("t1", null, room.Now));
        (await KeptAsync(room, Acme, Billing)).RefreshBox.HasValue.ShouldBeFalse();

        (await StoreOf(room).ForgetAsync(Acme, Billing, default)).ShouldBeTrue();

        (await KeptAsync(room, Acme, Billing)).AccessBox.HasValue.ShouldBeFalse();
        (await StoreOf(room).ForgetAsync(Acme, Billing, default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("globex", Billing)]
    [InlineData("acme", "crm")]
    public async Task ARowThatIsCopied_OpensNowhereElse(string tenant, string connection)
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await room.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        var there = TenantId.Parse(tenant);
        await GrantAsync(room, Acme, Billing, "mine", "my-refresh");
        await GrantAsync(room, there, connection, "theirs", "their-refresh");
        (await AccessAsync(room, there, connection)).ShouldBe("theirs");

        var copied = await room.TamperAsync($"""
            UPDATE access_tokens SET (Fingerprint, AccessBox, RefreshBox, ExpiresAt) = (SELECT Fingerprint, AccessBox, RefreshBox, ExpiresAt FROM access_tokens WHERE Tenant = 'acme' AND Connection = 'billing')
            WHERE Tenant = '{tenant}' AND Connection = '{connection}'
            """);

        copied.ShouldBe(1);
        await Should.ThrowAsync<CryptographicException>(() => AccessAsync(room, there, connection));
        var kept = await KeptAsync(room, there, connection);
        await Should.ThrowAsync<CryptographicException>(() => BoxesOf(room).OpenRefreshAsync(there, Named(connection), kept.RefreshBox!.Value, default));
        (await AccessAsync(room, Acme, Billing)).ShouldBe("mine");
    }

    [Fact]
    public async Task AnAccessTokenAndARefreshToken_DoNotOpenAsEachOther()
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await GrantAsync(room, Acme, Billing, "mine", "my-refresh");

        await room.TamperAsync("UPDATE access_tokens SET (AccessBox, RefreshBox) = (RefreshBox, AccessBox)");

        var kept = await KeptAsync(room, Acme, Billing);
        await Should.ThrowAsync<CryptographicException>(() => AccessAsync(room, Acme, Billing));
        await Should.ThrowAsync<CryptographicException>(() => BoxesOf(room).OpenRefreshAsync(Acme, Named(Billing), kept.RefreshBox!.Value, default));
    }

    [Fact]
    public async Task AChangedExpiry_DoesNotChangeTheSealedOne()
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await GrantAsync(room, Acme, Billing, "mine", "my-refresh");

        await room.TamperAsync("UPDATE access_tokens SET ExpiresAt = ExpiresAt + 86400000000");

        var kept = await KeptAsync(room, Acme, Billing);
        kept.ExpiresAt.ShouldBe(room.Now + TimeSpan.FromDays(1));
        (await BoxesOf(room).OpenAccessAsync(Acme, Named(Billing), kept.AccessBox!.Value, default)).ExpiresAt.ShouldBe(room.Now);
    }

    [Theory]
    [InlineData(AuthParameter.ClientId)]
    [InlineData(AuthParameter.TokenEndpoint)]
    public async Task WhatWasGotInOneWay_DoesNotOpenInAnother(string changed)
    {
        await using var room = await StoreFixture.WithAcmeAsync();
        await GrantAsync(room, Acme, Billing, "mine", "my-refresh");
        var auth = Named(Billing).Auth;
        var other = Named(Billing) with { Auth = new(auth.Type, auth.Parameters.SetItem(changed, "https://elsewhere.example")) };

        await room.TamperAsync($"UPDATE access_tokens SET Fingerprint = '{AccessBoxes.FingerprintOf(other.Auth)}'");

        var kept = await KeptAsync(room, Acme, Billing);
        kept.Fingerprint.ShouldBe(AccessBoxes.FingerprintOf(other.Auth));
        await Should.ThrowAsync<CryptographicException>(() => BoxesOf(room).OpenAccessAsync(Acme, other, kept.AccessBox!.Value, default));
        await Should.ThrowAsync<CryptographicException>(() => BoxesOf(room).OpenRefreshAsync(Acme, other, kept.RefreshBox!.Value, default));
    }

    private static IAccessTokenStore StoreOf(StoreFixture room) => room.Rooms.Get<IAccessTokenStore>();

    private static AccessBoxes BoxesOf(StoreFixture room) => new(room.Rooms.Get<TenantSeal>());

    private static async Task<KeptAccess> KeptAsync(StoreFixture room, TenantId tenant, string connection) => (await StoreOf(room).FindAsync(tenant, connection, default)).ShouldNotBeNull();

    private static async Task<string> AccessAsync(StoreFixture room, TenantId tenant, string connection)
    {
        var (token, _) = await BoxesOf(room).OpenAccessAsync(tenant, Named(connection), (await KeptAsync(room, tenant, connection)).AccessBox!.Value, default);
        using (token)
        {
            return token.RevealText();
        }
    }

    private static async Task GrantAsync(StoreFixture room, TenantId tenant, string connection, string access, string refresh) =>
        (await StoreOf(room).GrantAsync(tenant, connection, await BoxesOf(room).SealAsync(tenant, Named(connection), new(access, refresh, room.Now), default), default)).ShouldBe(AccessWrite.Written);

    private static async Task RefreshAsync(StoreFixture room, TokenAnswer answer)
    {
        var version = (await StoreOf(room).FindAsync(Acme, Billing, default))?.Version ?? 0;
        (await StoreOf(room).ClaimAsync(Acme, Billing, version, "trn_1", AccessTokens.Turn, default)).ShouldBe(AccessClaim.Claimed);
        (await StoreOf(room).KeepAsync(Acme, Billing, "trn_1", await BoxesOf(room).SealAsync(Acme, Named(Billing), answer, default))).ShouldBe(AccessWrite.Written);
    }

    // Every connection authenticates alike, so that nothing but its name tells one from another.
    private static Connection Named(string connection) => new(
        connection,
        "https://api.example",
        null,
        false,
        new ConnectionAuth(
            ConnectionAuth.AuthorizationCode,
            ImmutableSortedDictionary<string, string>.Empty.Add(AuthParameter.ClientId, "the-client").Add(AuthParameter.TokenEndpoint, "https://login.example/token")));
}
