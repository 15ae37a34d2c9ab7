using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A15_ARefusalTellsWhatExists
{
    [Fact]
    public async Task AToolOfAnotherTenant_LooksLikeOneThatDoesNotExist()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await ApplySmallAsync(host, upstream.BaseUrl);
        var agent = await host.AgentAsync("initech");

        var foreign = await host.CallAsync(agent, "delete_project", new { project_id = "prj_1" });
        var none = await host.CallAsync(agent, "delete_everything", new { project_id = "prj_1" });

        JsonSerializer.Serialize(foreign).ShouldBe(JsonSerializer.Serialize(none));
        foreign.Code.ShouldBe("unknown_tool");
        var tools = host.Services.GetRequiredService<ICapabilities>();
        (await tools.FindAsync(await host.CallerAsync(agent), "delete_project", default)).ShouldBeNull();
        (await tools.ListAsync(await host.CallerAsync(agent), default)).Select(tool => tool.Name).ShouldBe(["list_projects"]);
        (await host.CallAsync(agent, "list_projects", "{}")).Code.ShouldBeNull();
    }

    [Fact]
    public async Task AnApprovalOfAnother_LooksLikeOneThatDoesNotExist()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var id = await host.HeldRefundAsync(await host.AgentAsync());
        var approvals = host.Services.GetRequiredService<IApprovals>();
        (await approvals.FindAsync(await host.CallerAsync(await host.ApproverAsync()), id, default)).Refusal.ShouldBeNull();

        foreach (var outsider in new[] { await host.AgentAsync(subject: "other@example.com"), await host.AgentAsync("globex"), await host.ApproverAsync("globex"), await host.ApproverAsync(subject: "x@example.com", roles: "owner") })
        {
            var caller = await host.CallerAsync(outsider);
            var (foreign, none) = ((await approvals.FindAsync(caller, id, default)).Refusal!, (await approvals.FindAsync(caller, "apr_000000000000000000000000", default)).Refusal!);
            (foreign.Code.Value, foreign.Reason).ShouldBe(("unknown_approval", none.Reason));
            (await approvals.ListAsync(caller, default)).ShouldBeEmpty();
            var (review, other) = ((await approvals.ReviewAsync(caller, id, default)).Refusal!, (await approvals.ReviewAsync(caller, "apr_000000000000000000000000", default)).Refusal!);
            review.ToString().ShouldBe(other.ToString());
        }
    }

    [Fact]
    public async Task WhateverSomebodyDoesToAnApprovalOfAnother_LooksAsIfThereWereNone()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var id = await host.HeldAsync(await host.AgentAsync());
        var digest = (await host.ApprovalAsync(await host.ApproverAsync(), id)).RevisionDigest;

        foreach (var outsider in new[] { await host.AgentAsync(subject: "other@example.com"), await host.AgentAsync("globex"), await host.ApproverAsync("globex"), await host.ApproverAsync(subject: "x@example.com", roles: "owner") })
        {
            (await TriedAsync(host, outsider, id, digest)).ShouldBe(await TriedAsync(host, outsider, "apr_000000000000000000000000", digest));
        }
    }

    private static async Task<string> TriedAsync(TouchstageHost host, string key, string id, string digest)
    {
        var (desk, caller) = (host.Services.GetRequiredService<IApprovals>(), await host.CallerAsync(key));
        var batch = await desk.DecideManyAsync(caller, [new(id, VoteDecision.Approve, "", DecisionChannel.Inbox, digest, null)], default);
        return string.Join('\n', new object?[]
        {
            (await host.PreviewAsync(key, id, """{"amount":20}""")).Refusal,
            (await host.PreviewAsync(key, id, """{"to":"eve"}""")).Refusal,
            (await host.ConfirmAsync(key, id, """{"amount":20}""", digest)).Refusal,
            (await host.WithdrawAsync(key, id)).Refusal,
            (await desk.NoteAsync(caller, id, NoteKind.Comment, "hello", DecisionChannel.Inbox, default)).Refusal,
            (await desk.RevealAsync(caller, id, digest, DecisionChannel.Inbox, default)).Refusal,
            batch.Single().Refusal,
        }).Replace(id, "ID", StringComparison.Ordinal);
    }

    private static async Task ApplySmallAsync(TouchstageHost host, string upstream)
    {
        var report = await host.Services.GetRequiredService<ITenantAdministration>().ApplyAsync(
            "initech.yaml",
            $$"""
            tenant: initech
            name: Initech
            capabilities: [list_projects]
            connections:
              workspace: { baseUrl: "{{upstream}}", network: private, auth: { type: bearer } }
            """,
            default);
        report.Problems.ShouldBeEmpty();
        (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("initech"), "workspace", "secret-of-initech", default)).Refusal.ShouldBeNull();
    }
}
