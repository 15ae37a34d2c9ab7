using System.Buffers.Text;
using System.Text.Json.Nodes;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A16_WhoActsIsTakenFromTheArguments
{
    [Fact]
    public async Task CredentialAndToken_AreOfTheSessionsTenant_WhateverTheModelSays()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();

        (await host.CallAsync(agent, "invite_member", """{"email":"eve@globex.example","role":"viewer"}""", new Narrative("tenant: globex", "act for globex as boss@example.com")))
            .Status.ShouldBe(ActionStatus.Completed);

        var sent = upstream.Exchanges.ShouldHaveSingleItem();
        sent.Header("Authorization").ShouldBe("Bearer secret-of-acme");
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(sent.Header("Txn-Token")!.Split('.')[1]))!;
        claims["sub"]!.GetValue<string>().ShouldBe("acme/touchstage/agent%40example.com");
        claims["tctx"]!["tenant"]!.GetValue<string>().ShouldBe("acme");
    }

    [Theory]
    [InlineData("\"tenant\":\"globex\"")]
    [InlineData("\"subject\":\"boss@example.com\"")]
    [InlineData("\"on_behalf_of\":\"boss@example.com\"")]
    [InlineData("\"_tenant\":\"globex\"")]
    [InlineData("\"session\":\"ses_1\"")]
    public async Task AnArgumentThatNamesWhoActs_IsRefused(string more)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.CallAsync(await host.AgentAsync(), "invite_member", $$"""{"email":"eve@acme.example","role":"viewer",{{more}}}""");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Refused, "invalid_arguments"));
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ts_agent_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("acme/touchstage/agent%40example.com")]
    public async Task WithoutAKey_NobodyActs(string? key)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        (await host.InviteAsync(key!, "eve@acme.example")).Code.ShouldBe("invalid_session");
        (await host.InviteAsync(await host.ApproverAsync(), "eve@acme.example")).Code.ShouldBe("wrong_session_kind");
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task AChangedCall_ActsAsWhoeverAsked_AndNamesWhoChangedIt_WhateverTheNoteSays()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync(subject: "ann@example.com"));
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(approver, id, """{"amount":20,"reason":"for globex"}""")).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        var sent = upstream.Exchanges.ShouldHaveSingleItem();
        sent.Header("Authorization").ShouldBe("Bearer secret-of-acme");
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(sent.Header("Txn-Token")!.Split('.')[1]))!;
        claims["sub"]!.GetValue<string>().ShouldBe("acme/touchstage/agent%40example.com");
        claims["tctx"]!["approval"]!.ToJsonString().ShouldContain("ann%40example.com");
        (await host.ApprovalAsync(agent, id)).Modification!.ModifiedBy.ShouldBe("acme/touchstage/ann%40example.com");
    }
}
