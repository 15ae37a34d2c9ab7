using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Upstream;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials;

public sealed class SecretAdministrationTests
{
    [Theory]
    [InlineData("12345678", "12345678")]
    [InlineData("12345678\n", "12345678")]
    [InlineData("12345678\r\n", "12345678")]
    [InlineData("Token 12345678", "Token 12345678")]
    public async Task SetAsync_Secret_IsSealedAndUsedByTheNextStep(string given, string used)
    {
        await using var room = await RoomAsync();
        (await room.Walk.SecretAdministration.SetAsync(room.Tenant, "billing", given, default)).Refusal.ShouldBeNull();
        System.Text.Encoding.Latin1.GetString(room.Walk.Secrets.Boxes[(room.Tenant, "billing")]).ShouldNotContain(used);
        await room.RefundAsync();
        room.Upstream.Exchanges[0].Header("authorization").ShouldBe("Bearer " + used);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("1234567")]
    [InlineData("12345678\n\n")]
    [InlineData("1234\n5678")]
    [InlineData("1234\r5678")]
    [InlineData("1234\t5678")]
    [InlineData("1234\u00005678")]
    [InlineData("1234\u00e95678")]
    [InlineData(" 12345678")]
    [InlineData("12345678 ")]
    public async Task SetAsync_WhatIsNoSecret_IsRefusedAndKeptNowhere(string given)
    {
        await using var room = await RoomAsync();
        var refusal = (await room.Walk.SecretAdministration.SetAsync(room.Tenant, "billing", given, default)).Refusal!;
        refusal.Code.ShouldBe(CredentialRefusals.InvalidSecret);
        room.Walk.Secrets.Boxes.ShouldBeEmpty();
    }

    [Fact]
    public async Task SetAsync_UnknownTenantOrConnection_IsRefused()
    {
        await using var room = await RoomAsync();
        (await room.Walk.SecretAdministration.SetAsync(TenantId.Parse("nobody"), "billing", "12345678", default)).Refusal!.Reason.ShouldContain("no tenant nobody");
        (await room.Walk.SecretAdministration.SetAsync(room.Tenant, "jira", "12345678", default)).Refusal!.Reason.ShouldContain("It has: billing.");
        room.Walk.Secrets.Boxes.ShouldBeEmpty();
    }

    [Fact]
    public async Task SetAsync_ConnectionThatNeedsNone_IsRefused()
    {
        await using var room = await RoomAsync("{ type: step_token }");
        (await room.Walk.SecretAdministration.SetAsync(room.Tenant, "billing", "12345678", default)).Refusal!.Reason.ShouldContain("needs no secret");
    }

    [Fact]
    public void Secret_Printed_ShowsNothing()
    {
        Secret.TryRead(SecretForm.Text, "12345678"u8, out var secret, out _).ShouldBeTrue();
        $"{secret}".ShouldBe("***");
        System.Text.Json.JsonSerializer.Serialize(secret).ShouldBe("{}");
    }

    private static Task<SendRoom> RoomAsync(string auth = "{ type: bearer }") =>
        SendRoom.OpenAsync(e => e.ReplyAsync(200, "application/json", """{"status":"done"}"""), auth, "billing.example", withSecret: false);
}
